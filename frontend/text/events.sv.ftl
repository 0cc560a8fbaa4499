# Vad som hände, en mening per händelse. På skärmen heter det händelser.

event-card-order-begin = Kort beställt
event-card-order-submit = Beställningen lagd
event-card-order-complete-prerequisites = Underlaget till beställningen är komplett
event-card-order-approve-photo = Foto godkänt
event-card-order-use-stored-photo = Sparat foto används igen
event-card-order-ask-arrival = Kortet borde ha kommit men är inte aktiverat
event-card-order-send = Beställningen skickad till tillverkaren
event-card-order-fail-production = Tillverkaren kunde inte göra kortet
event-card-order-produce = Beställningen är tillverkad
event-card-order-dispatch = Beställningen är skickad från tillverkaren
event-card-order-fulfil = Beställningen är klar
event-card-order-replace-undelivered = Kortet kom inte fram och beställningen ersattes
event-card-order-expire-activation = Beställningen avslutad: kortet aktiverades inte i tid
event-card-order-cancel = Beställningen avbruten
event-card-order-end-with-card = Beställningen avslutad tillsammans med kortet
event-delivery-begin = Försändelsen förberedd
event-delivery-post = Försändelsen postad
event-delivery-send-notice = Försändelsen aviserad
event-delivery-reach-service-point = Försändelsen är hos ombudet
event-delivery-collect = Försändelsen uthämtad
event-delivery-return = Försändelsen kom åter till avsändaren
event-delivery-lose = Försändelsen försvann i posten
event-delivery-report-missing = Försändelsen anmäld saknad
event-delivery-report-late-arrival = Försändelsen kom till slut
event-delivery-arrive = Försändelsen är framme: kortet visades på kontoret
event-card-begin = Kortet är på väg att tillverkas
event-card-make = Kortet tillverkat
event-card-dispatch = Kortet skickat
event-card-receive-at-office = Kortet togs emot på kontoret
event-card-unlock = Id kontrollerat och kortet upplåst
event-card-confirm-receipt = Kortet är aktivt
event-card-revoke = Kortet spärrat
event-card-supersede = Kortet spärrat: ersatt av ett nyare kort
event-card-end-with-order = Kortet spärrat: beställningen avslutades
event-card-end-with-receipt = Kortet spärrat: kvittensen skrevs inte under
event-card-end-unactivated = Kortet spärrat: det aktiverades inte i tid
event-card-expire = Kortet gick ut
event-card-destroy = Kortet makulerat
event-card-doubt = Stoppat vid disken: osäkert om det var rätt person
event-chip-code-begin = Kortets kod finns men är inte vald
event-chip-code-set = Innehavaren har en fungerande pin-kod
event-chip-code-lock = Kortet låst, inte spärrat: fel pin-kod tre gånger
event-chip-code-unlock-at-visit = Kortet upplåst vid besök
event-chip-code-unlock-with-puk = Kortet upplåst med puk-kod
event-chip-code-drop = Kortets kod används inte längre
event-receipt-begin = Kvittensen väntar på underskrift
event-receipt-sign = Kvittensen underskriven av innehavaren
event-receipt-register-paper = Kvittens på papper registrerad
event-receipt-refuse = Innehavaren ville inte skriva under kvittensen
event-receipt-time-out = Kvittensen skrevs inte under i tid
event-receipt-lapse = Kvittensen avslutad tillsammans med kortet
event-certificate-begin = Certifikat begärt
event-certificate-asked = Certifikat begärt: { $what }
event-certificate-signed = Certifikat utfärdat: { $what }
event-certificate-revoked-because = Certifikat spärrat: { $reason }
event-certificate-issue = Certifikat utfärdat
event-certificate-write-to-card = Certifikat lagt på kortet
event-certificate-take-off-card = Certifikat borttaget från kortet
event-certificate-fetch-back = Certifikat hämtat tillbaka till kortet
event-certificate-supersede = Certifikat ersatt av ett nyare
event-certificate-revoke = Certifikat spärrat
event-certificate-expire = Certifikat gick ut
event-certificate-end-with-pair = Certifikat spärrat tillsammans med det andra i paret
event-certificate-end-with-card = Certifikat spärrat eftersom kortet spärrades
event-puk-letter-begin = Puk-brev begärt
event-puk-letter-approve = Puk-brev godkänt
event-puk-letter-reject = Puk-brev avslaget
event-puk-letter-cancel = Begäran om puk-brev återkallad
event-puk-letter-print = Puk-brev skrivs ut
event-puk-letter-mail = Puk-brev skickat
event-puk-letter-reach-service-point = Puk-brevet är hos ombudet
event-puk-letter-collect = Puk-brevet uthämtat
event-puk-letter-use = Puk-koden använd
event-puk-letter-return = Puk-brevet kom åter
event-puk-letter-fail = Puk-koden i brevet är låst
event-puk-letter-close = Puk-brevet avslutat
event-photo-begin = Foto inlagt
event-photo-approve = Fotot godkänt: samma person som visade sin id-handling
event-photo-reject = Foto underkänt
event-revocation-begin = Kortet anmält
event-revocation-execute = Anmälan kontrollerad, kortet ska vara spärrat
event-revocation-withdraw = Anmälan återtagen, inget spärrades
event-revocation-end-with-card = Anmälan avslutad: kortet gäller inte längre, ingen behöver ringas upp
event-revocation-record = Steg i spärrärendet noterat
event-person-change-name = Namnet ändrat efter en fil från katalogen
event-person-change-number = Numret ändrat efter katalogen: två utgivare har bekräftat att det är samma person
event-person-ask-register = Adressen hämtad från folkbokföringen
event-session-log-in = Inloggad
event-session-log-out = Utloggad
event-session-log-in-to = Inloggad i { $portal }
event-session-log-out-of = Utloggad ur { $portal }
event-batch-import-directory = Uppgifter inlästa från katalogen
event-office-add = Kortkontor tillagt
event-office-edit = Kortkontorets uppgifter ändrade
event-product-add = Kortsort tillagd
event-product-edit = Kortsortens uppgifter ändrade
event-appointment-add = Behörighet given
event-appointment-edit = Behörighet ändrad
event-organisation-add = Organisation tillagd
event-organisation-edit = Organisationens uppgifter ändrade
event-client-add = Ansluten tjänst tillagd
event-client-edit = Ansluten tjänst ändrad
event-safety-stop-add = Säkerhetsstopp: nattkörningen stannade
event-safety-stop-edit = Säkerhetsstopp ändrat
event-errand-retry = En utgående uppgift försöks igen
event-ending-stop-edit = Avslut ur katalogen släppta
event-identity-proposal-edit = Fråga om nummer i katalogen besvarad

## Försök som fick nej
event-refused = Ett försök { $what } fick nej. { $why }
event-refused-without-reason = Ett försök { $what } fick nej.
event-other = Något ändrades
event-other-act = att ändra något
act-card-order-begin = att beställa kort
act-card-order-cancel = att avbryta beställningen
act-card-order-replace-undelivered = att beställa på nytt
act-card-order-complete-prerequisites = att komplettera beställningen
act-card-unlock = att aktivera kortet
act-card-revoke = att spärra kortet
act-card-receive-at-office = att ta emot kortet
act-receipt-sign = att skriva under kvittensen
act-receipt-register-paper = att registrera kvittens på papper
act-session-log-in = att logga in
act-card-order-use-stored-photo = att använda det sparade fotot
act-card-destroy = att makulera kortet
act-card-doubt = att stoppa vid disken
act-delivery-return = att registrera ett brev som kom åter
act-delivery-lose = att registrera ett brev som försvunnet
act-delivery-report-missing = att anmäla att kortet inte har kommit
act-delivery-report-late-arrival = att anmäla att kortet kom till slut
act-chip-code-lock = att registrera kortet som låst
act-chip-code-unlock-at-visit = att låsa upp kortet vid ett besök
act-chip-code-unlock-with-puk = att låsa upp kortet med puk-kod
act-puk-letter-begin = att beställa puk-brev
act-puk-letter-approve = att godkänna puk-brevet
act-puk-letter-reject = att avslå puk-brevet
act-puk-letter-cancel = att återkalla begäran om puk-brev
act-photo-begin = att lägga in ett foto
act-photo-approve = att godkänna fotot
act-photo-reject = att underkänna fotot
act-certificate-revoke = att spärra certifikat
act-revocation-begin = att anmäla och spärra kortet
act-revocation-execute = att spärra kortet efter en anmälan
act-revocation-withdraw = att återta anmälan
act-revocation-record = att notera ett steg i spärrärendet
act-receipt-refuse = att registrera att kvittensen inte skrivs under
act-safety-stop-edit = att släppa säkerhetsstoppet
act-errand-edit = att försöka igen med en utgående uppgift
act-ending-stop-edit = att släppa avslut ur katalogen
act-feed-upload-edit = att läsa in en fil ur katalogen
act-identity-proposal-edit = att besvara en fråga om nummer

## Händelser med mer att berätta
event-unlocked-by = Id kontrollerat med { $document }, kortet upplåst
event-revoked-because = Kortet spärrat: { $reason }
event-unlocked-elsewhere-by = Id kontrollerat med { $document }, kortet upplåst på ett annat kontor eftersom kortets kontor är stängt
event-order-in-place-of = Nytt kort beställt: det förra { $told }
event-order-replaced = Beställningen ersatt av en ny: kortet { $told }
event-opened-at-visit-by = Kortet upplåst vid besök, id kontrollerat med { $document }
event-letter-because = Puk-brev begärt: { $reason }
event-letter-rejected-because = Puk-brev avslaget: { $reason }
event-photo-taken = Foto taget på kortkontoret
event-photo-uploaded = Foto inlagt från en fil
event-photo-rejected-because = Foto underkänt: { $reason }
event-reported = Kortet anmält: { $reason } ({ $reporter })
event-reported-only = Anmälan mottagen, kortet är inte spärrat: { $reason } ({ $reporter })
event-step-recorded = { $step }: { $outcome }

## Den som tittar
event-you-looked = Du öppnade { $what }
event-looked = { $name } öppnade { $what }
event-looked-at-you = { $name } öppnade { $what }
event-you-revealed = Du visade personens skyddade uppgifter
event-revealed = { $name } visade personens skyddade uppgifter
event-holder-sees = Innehavaren kan se det i Mina sidor
event-the-person = personens sida
event-the-card = kortets sida
event-the-order = beställningens sida
event-the-search = sökningen
event-your-page = din sida
event-your-card = ditt kort
event-your-order = din beställning
event-your-protected-data = dina skyddade uppgifter
event-searched = { $name } sökte
event-you-searched = Du sökte
event-card-checked = En ansluten tjänst frågade om kortet gäller
event-of-card = Kort …{ $end }

## Vem
event-when-who = { $when } · { $who }
event-by-you = du
event-by-holder = innehavaren
event-by-officer = en id-administratör
event-by-ledger = Kortkontor
event-by-manufacturer = tillverkaren
event-by-authority = certifikatutfärdaren
event-by-letter-bureau = brevtryckeriet
event-by-scheduler = nattkörningen
event-by-directory = katalogen
event-by-operator = driften

## Sätt att skicka
method-a-post = A-post (vanligt brev)
method-rek = Rekommenderat brev (Rek)
method-to-office = Till kortkontoret

## Försändelser med A-post
state-delivery-prepared = Hos tillverkaren
state-delivery-assumed = Framme
state-delivery-reported-missing = Anmäld saknad
state-delivery-late-arrival = Kom till slut

## Varför ett kort är spärrat
reason-lost = tappat
reason-stolen = stulet
reason-codes-compromised = någon annan kan koden
reason-card-damaged = kortet är skadat
reason-superseded = ersatt av ett nyare kort
reason-replaced-undelivered = kom inte fram och ersattes
reason-name-changed = namnet på kortet gäller inte längre
reason-data-wrong = en uppgift på kortet är fel
reason-employment-ended = anställningen eller uppdraget har slutat
reason-not-returned = inte återlämnat
reason-returned = återlämnat
reason-not-activated-in-time = inte aktiverat i tid
reason-receipt-not-signed = kvittensen skrevs inte under
reason-wrongly-issued = felaktigt utfärdat
reason-person-deceased = innehavaren är avliden
reason-misuse = utlånat eller missbrukat
reason-issuer-decision = utgivarens beslut, till exempel avbruten beställning

## Id-handlingar och de sju stegen
document-driving-licence = Körkort
document-passport = Pass
document-national-id-card = Nationellt id-kort
document-sis-card = SIS-märkt id-kort
document-tax-agency-id-card = Skatteverkets id-kort
check-accepted-kind = Handlingen är av en typ vi godtar
check-valid = Giltig i dag och inte anmäld förlorad
check-unaltered = Hel, utan spår av ändring
check-security-details = Säkerhetsdetaljer syns när den lutas
check-photo-matches = Fotot liknar personen
check-age-and-sex-match = Ålder och kön stämmer med personnumret
check-signature-matches = Namnteckningen liknar den på handlingen

## Vad som blev av ett kort i posten, efter ordet kortet
told-not-arrived = kom inte fram
told-envelope-opened = kom i ett öppnat eller tomt kuvert
told-card-damaged = kom skadat

## Varför ett foto underkändes
photo-turned-down-quality = oskarpt, för mörkt eller för ljust
photo-turned-down-pose = ansiktet är inte rakt framifrån eller inte helt med
photo-turned-down-covered = något täcker ansiktet eller syns bakom det
photo-turned-down-another-person = en annan person

## Puk-brev: varför det begärdes, och varför inte
letter-reason-locked = kortet är låst
letter-reason-lost-codes = kodbrevet är borta eller koderna glömda
letter-reason-never-received = kodbrevet kom aldrig
letter-rejection-caller-unsure = det är inte säkert att innehavaren har bett om det
letter-rejection-card-to-be-replaced = kortet ska bytas i stället
letter-rejection-visit-instead = ett besök öppnar kortet snabbare

## Vem som anmälde, och hur det är känt
reporter-holder-logged-in = innehavaren, inloggad
reporter-holder-in-person = innehavaren, på plats
reporter-called-back = uppringd på numret i katalogen
reporter-known-manager = chef som är känd
reporter-unverified-caller = den som ringde är inte kontrollerad
reporter-office = kortkontoret

## Steg utanför, och hur det gick
external-step-telia = Spärr hos Telia
external-step-police = Polisanmälan
step-done-by-holder = gjort av innehavaren { $on }
step-done-by-us = gjort av kortkontoret { $on }
step-holder-will-do = innehavaren gör det senast { $by }
step-not-applicable-reserve-card = gäller inte, det är ett reservkort
step-not-applicable-deceased = gäller inte, innehavaren är avliden
step-not-applicable-no-personal-eid = gäller inte, kortet har ingen personlig e-legitimation
