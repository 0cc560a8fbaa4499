# Vad som hände, en mening per händelse. På skärmen heter det händelser.

event-card-order-begin = Kort beställt
event-card-order-submit = Beställningen lagd
event-card-order-complete-prerequisites = Underlaget till beställningen är komplett
event-card-order-approve-photo = Foto godkänt
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
event-chip-code-begin = Kortets kod finns men är inte vald
event-chip-code-set = Innehavaren har en fungerande pin-kod
event-chip-code-lock = Kortet låst, inte spärrat: fel pin-kod tre gånger
event-chip-code-unlock = Kortet upplåst
event-chip-code-drop = Kortets kod används inte längre
event-receipt-begin = Kvittensen väntar på underskrift
event-receipt-sign = Kvittensen underskriven av innehavaren
event-receipt-register-paper = Kvittens på papper registrerad
event-receipt-refuse = Innehavaren ville inte skriva under kvittensen
event-receipt-time-out = Kvittensen skrevs inte under i tid
event-receipt-lapse = Kvittensen avslutad tillsammans med kortet
event-certificate-begin = Certifikat begärt
event-certificate-issue = Certifikat utfärdat
event-certificate-write-to-card = Certifikat lagt på kortet
event-certificate-take-off-card = Certifikat borttaget från kortet
event-certificate-fetch-back = Certifikat hämtat tillbaka till kortet
event-certificate-supersede = Certifikat ersatt av ett nyare
event-certificate-revoke = Certifikat spärrat
event-certificate-expire = Certifikat gick ut
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
event-puk-letter-fail = Puk-brevet kunde inte göras
event-puk-letter-close = Puk-brevet avslutat
event-person-ask-register = Adressen hämtad från folkbokföringen
event-batch-import-directory = Uppgifter inlästa från katalogen
event-office-add = Kortkontor tillagt
event-office-edit = Kortkontorets uppgifter ändrade
event-product-add = Kortsort tillagd
event-product-edit = Kortsortens uppgifter ändrade
event-appointment-add = Behörighet given
event-appointment-edit = Behörighet ändrad
event-organisation-add = Organisation tillagd
event-organisation-edit = Organisationens uppgifter ändrade

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

## Händelser med mer att berätta
event-unlocked-by = Id kontrollerat med { $document }, kortet upplåst
event-revoked-because = Kortet spärrat: { $reason }

## Den som tittar
event-you-looked = Du öppnade { $what }
event-looked = { $name } öppnade { $what }
event-looked-at-you = { $name } öppnade { $what }
event-holder-sees = Innehavaren kan se det i Mina sidor
event-the-person = personens sida
event-the-card = kortets sida
event-the-order = beställningens sida
event-the-search = sökningen
event-your-page = din sida
event-your-card = ditt kort
event-your-order = din beställning
event-searched = { $name } sökte
event-you-searched = Du sökte

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
