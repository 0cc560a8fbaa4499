# Tappat, stulet, någon kan koden: att anmäla, att spärra och det som återstår.

loss-focus = Spärra kort
loss-holder = Innehavare
loss-sis-marked = { $product }, SIS-märkt
loss-step-one = Steg 1 av 2
loss-continue = Fortsätt till bekräftelse

## Först: är kortet bara låst?
loss-only-locked = Är kortet bara låst?
loss-only-locked-means = Fel pin-kod tre gånger låser kortet. Då ska det inte spärras: ett låst kort går att öppna, ett spärrat aldrig.
loss-unlock-instead = Lås upp i stället
loss-not-come = Har kortet inte kommit än?
loss-not-come-means = Ett vanligt brev kan ta några dagar. Är kortet bara försenat ska det inte spärras. Kom kuvertet öppnat eller tomt: spärra direkt.
loss-not-come-instead = Kortet har inte kommit

## Steg 1 hos id-administratören och servicedesk
loss-title = Varför ska kortet spärras?
loss-group-loss = Kortet eller koden är i fel händer
loss-group-card = Något är fel med kortet
loss-group-end = Kortet ska inte användas mer
loss-lost = Tappat
loss-lost-means = Innehavaren vet inte var kortet är
loss-stolen = Stulet
loss-stolen-means = Också när kuvertet kom öppnat eller tomt
loss-codes = Någon kan ha fått reda på pin-koden eller puk-koden
loss-codes-means = Kortet finns kvar
loss-misuse = Utlånat eller missbrukat
loss-damaged = Kortet är skadat
loss-damaged-means = Ett nytt kort behövs, men ingen har kommit åt det
loss-name-changed = Innehavaren har bytt namn
loss-data-wrong = Namn eller nummer på kortet är fel
loss-wrongly-issued = Fotot är fel, eller kortet är felaktigt utfärdat
loss-employment-ended = Anställningen eller uppdraget har upphört
loss-returned = Kortet är återlämnat
loss-deceased = Innehavaren är avliden
loss-deceased-means = Inget meddelande skickas till innehavaren
loss-issuer = Utgivarens beslut
loss-choose-reason = Välj varför kortet ska spärras.

loss-who = Vem begär spärren?
loss-who-caller = Är det rätt person som ringer?
loss-in-person = Innehavaren, på plats
loss-called-back = Du har ringt upp på katalogens nummer
loss-called-back-means = Ring aldrig på ett nummer som den som ringer ger dig. { $numbers }
loss-no-numbers = Katalogen har inget nummer till personen. Ta emot anmälan som inte kontrollerad.
loss-manager = Chef som du känner
loss-unverified = Någon som ringer, inte kontrollerad
loss-unverified-means = Kortet spärras inte än. Personen ska ringas upp inom 15 minuter.
loss-office = Kortkontoret självt
loss-office-means = Till exempel fel tryck eller utgivarens beslut
loss-choose-who = Välj vem som begär spärren.
loss-number-at = { $number } ({ $organisation })
loss-or = { $one } eller { $other }

loss-has-id = Finns någon giltig id-handling kvar?
loss-has-id-hint = Bara vid förlust. Är alla id-handlingar borta visar ärendet i vilken ordning de skaffas igen.
loss-has-id-yes = Ja
loss-has-id-no = Nej, allt är borta
loss-has-id-unknown = Vet inte

## Steg 2: bekräfta
loss-confirm-title-plain = Spärra kortet för alltid?
loss-confirm-receive = Ta emot anmälan utan att spärra?
loss-confirm-label = Bekräfta
loss-irreversible = Detta går inte att ångra.
loss-irreversible-locked = Är kortet bara låst?
loss-irreversible-late = Är kortet bara försenat? Då ska det inte spärras än.
loss-final = Kortet slutar gälla direkt. Spärren går inte att häva, inte ens om kortet hittas.
loss-also-telia = Kortet har produktnummer { $number }: det måste också spärras hos Telia, { $phone }.
loss-also-telia-unnumbered = Kortet saknar produktnummer: det måste också spärras hos Telia, { $phone }.
loss-maybe-telia = Den personliga e-legitimationen kan finnas kvar hos Telia. Innehavaren kan spärra den på { $phone }.
loss-also-police = Kortet är SIS-märkt: förlusten ska anmälas till polisen.
loss-maybe-police = Anmäl gärna stölden till polisen. Ärendet väntar inte på det.
loss-order-ends = Kortet är inte aktiverat. Dess beställning avslutas, och kommer kortet ändå ska det klippas och kastas.
loss-receipt-ends = Kvittensen är inte underskriven. Beställningen avslutas och ett nytt kort behövs.
loss-mail = Innehavaren får ett mejl i samma stund, med ett nummer att ringa om något är fel.
loss-no-mail = Inget mejl skickas till innehavaren.
loss-order-after = Ett nytt kort kan beställas direkt efteråt.
loss-waits = Kortet spärras inte nu. Innehavaren ska ringas upp på katalogens nummer inom 15 minuter.
loss-waits-numbers = Ring upp: { $numbers }
loss-waits-back = Stämmer anmälan inte kan den återtas, så länge kortet inte är spärrat.
loss-four-hint = Markerade ovan. Så vet vi att det är rätt kort.
loss-four-wrong = Siffrorna är inte kortets fyra sista. Jämför med kortnumret ovan.
loss-yes = Ja, spärra kortet för alltid
loss-receive = Ta emot anmälan
loss-change = Ändra svaren
loss-place-missing = Välj var felet uppstod.

## Kortet är redan spärrat, eller kan inte spärras
loss-cannot-title = Kortet kan inte spärras
loss-already-title = Kortet är redan spärrat
loss-waiting-title = Anmälan är redan mottagen

## Ärendet
loss-case = Spärrärende
loss-reported-title = Kortet är inte spärrat än
loss-left-title = { $left ->
    [0] Kortet är spärrat. Ärendet är klart.
    [1] Kortet är spärrat. En sak återstår.
    [2] Kortet är spärrat. Två saker återstår.
   *[other] Kortet är spärrat. { $left } saker återstår.
}
loss-withdrawn-title = Anmälan är återtagen
loss-withdrawn-means = Inget spärrades i det här ärendet.
loss-not-revoked = Kortet är INTE spärrat
loss-not-revoked-means = Anmälan togs tillbaka { $when }, innan du tryckte på Spärra. Ska kortet spärras: anmäl det på nytt.
loss-report-anew = Anmäl kortet på nytt
loss-not-withdrawn = Anmälan är INTE återtagen
loss-not-withdrawn-means = Kortet spärrades { $when }, innan du tryckte på Återta. En spärr går inte att häva. Behövs kortet: beställ ett nytt.
loss-ended-at = Kortet slutade gälla { $at }. Ärendet stängs när stegen nedan är klara.
loss-closed-at = Kortet slutade gälla { $at }. Inget mer behöver göras utanför.
loss-received-at = Anmälan kom { $at }. Kortet gäller tills det spärras.
loss-revoked-here = Kortet är spärrat
loss-revoked-here-means = { $at }: { $reason }. Anmält av: { $reporter }.
loss-left-to-do = Kvar att göra
loss-holder-does = Innehavaren gör det senast { $by }
loss-telia = Spärra även hos Telia
loss-telia-means = Kort utan produktnummer eller med 5xx och 6xx har en personlig e-legitimation hos Telia. Den gäller tills den spärras där.
loss-telia-say = Uppge kortnummer { $number }
loss-police = Polisanmälan
loss-police-means = Kortet är SIS-märkt och gäller som id-kort. Förlusten anmäls till polisen, 114 14 eller närmaste station.
loss-done-now = Klart: { $outcome }.
loss-reference-is = Referens: { $reference }.
loss-by-whom = Vem har gjort det?
loss-by-holder = Innehavaren
loss-by-us = Vi
loss-done-on = När gjordes det?
loss-telia-reference = Telias referens
loss-police-reference = Polisens diarienummer
loss-telia-done = Klart hos Telia
loss-police-done = Klart hos polisen
loss-holder-will = Innehavaren gör det själv
loss-holder-will-means = Ärendet ligger kvar i arbetslistan till dess.
loss-will-by = Senast
loss-will-save = Spara dagen
loss-not-applicable = Det gäller inte det här kortet
loss-why-not = Varför gäller det inte?
loss-why-reserve = Det är ett reservkort
loss-why-deceased = Innehavaren är avliden
loss-why-no-eid = Kortet har ingen personlig e-legitimation
loss-not-applicable-save = Spara att det inte gäller
loss-write-a-date = Skriv datumet som ÅÅÅÅ-MM-DD.
loss-choose-by-whom = Välj vem som har gjort det.
loss-choose-why = Välj varför det inte gäller.
loss-reference-long = Skriv referensen med högst 60 tecken.
loss-reference-number = Skriv bara ärendets referens, inget personnummer.

loss-call-back = Ring upp inom 15 minuter
loss-call-back-by = Senast { $at }. Ring numret i katalogen, aldrig ett nummer som den som ringde gav.
loss-no-number = Katalogen har inget nummer till personen. Gå via växeln eller chefen.
loss-execute = Spärra kortet nu
loss-execute-officer = Du har ringt upp och anmälan stämmer, eller du spärrar på eget ansvar för att det brådskar.
loss-execute-desk = Du har ringt upp på katalogens nummer och anmälan stämmer.
loss-execute-final = Detta går inte att ångra.
loss-withdraw = Återta anmälan
loss-withdraw-means = Du har ringt upp och anmälan stämmer inte. Kortet fortsätter att gälla.
loss-other-case = Kortet är redan spärrat
loss-other-case-means = Det gjordes i ett annat ärende, eller av en annan anledning. Stäng den här anmälan.
loss-overtaken-means = Det gjordes i ett annat ärende, eller av en annan anledning. Den här anmälan stängdes samtidigt, och ingen behöver ringa upp.
loss-expired-title = Kortet har gått ut
loss-expired-means = Anmälan stängdes samtidigt. Det finns inget kort att spärra, och ingen behöver ringa upp.
loss-overtaken = Stängd
loss-close = Stäng anmälan
loss-close-means = Inget återstår att göra i den. Kortet är fortfarande spärrat.

loss-onwards = Så går arbetet vidare
loss-order-new = Beställ nytt kort
loss-photo-usable = Det sparade fotot från { $taken } får användas till och med { $last }.
loss-photo-none = Det finns inget sparat foto som får användas. Ett nytt tas på kontoret.
loss-order-by-manager = Chefen eller id-administratören beställer ett nytt kort.
loss-reserve = Reservkort i dag
loss-reserve-means = Det finns två slag och båda kan behövas samtidigt: ett för dörrar och ett för e-legitimation. De lämnas ut på kontoret.
loss-found = Om kortet hittas
loss-found-means = Det går inte att använda igen. Klipp det i två delar genom chippet och anteckna att det är klippt.
loss-contact-own = Id-administratör i organisationen
loss-contact-none = { $organisation } har inte angett någon kontakt.

loss-without-id = När alla id-handlingar är borta
loss-without-id-revoke = Spärra kortet.
loss-without-id-police = Polisanmäl förlusten av id-handlingarna.
loss-without-id-passport = Skaffa ny id-handling: pass eller nationellt id-kort hos polisen.
loss-without-id-meanwhile = Till dess: bara reservkort, där någon intygar vem det är. Chefen kan vara intygsgivare.
loss-without-id-card = Ett vanligt kort lämnas ut först när id-handlingen finns.

## Mina sidor
loss-my-title = Jag har tappat mitt kort
loss-my-lead = Spärra kortet så fort du tror att någon annan kan använda det. Det går också bra innan kortet är aktiverat.
loss-my-what = Vad har hänt?
loss-my-lost = Jag har tappat mitt kort
loss-my-lost-means = Jag vet inte var det är
loss-my-stolen = Mitt kort är stulet
loss-my-codes = Någon kan känna till min kod
loss-my-codes-means = Jag har kortet kvar
loss-my-envelope = Kuvertet var öppnat eller tomt
loss-my-choose = Välj vad som har hänt.
loss-my-has-id = Har du kvar någon giltig id-handling?
loss-my-has-id-hint = Körkort, pass eller annat id-kort. Svaret påverkar inte spärren.
loss-my-only-locked-means = Har du skrivit fel pin-kod tre gånger är kortet låst. Då går det att öppna och ska inte spärras.
loss-my-not-come-means = Ett vanligt brev kan ta några dagar. Är kortet bara försenat ska du inte spärra det än.
loss-my-not-come-report = Kortet har inte kommit
loss-my-confirm = Spärra ditt kort för alltid?
loss-my-four = Skriv kortnumrets fyra sista siffror
loss-my-also-telia = Du måste själv också ringa Telia, { $phone }.
loss-my-also-police = Kortet är SIS-märkt: du måste själv också anmäla förlusten till polisen.
loss-my-maybe-police = Är kortet stulet bör du göra en polisanmälan.
loss-my-order-ends = Kortet är inte aktiverat. Kommer det ändå: klipp sönder det och kasta det.
loss-my-receipt-ends = Kvittensen är inte underskriven. Det gör inget: kortet spärras ändå.
loss-my-mail = Du får ett mejl om att kortet är spärrat.
loss-my-new-card = Du behöver ett nytt kort. En id-administratör i din organisation beställer det.
loss-my-left-title = { $left ->
    [0] Ditt kort är spärrat
    [1] Ditt kort är spärrat. En sak återstår.
    [2] Ditt kort är spärrat. Två saker återstår.
   *[other] Ditt kort är spärrat. { $left } saker återstår.
}
loss-my-left-means = Ingen kan använda kortet längre. Nu återstår det som bara du kan göra.
loss-my-closed-means = Ingen kan använda kortet längre. Spärren är klar. Nedan står vad du gör sedan.
loss-my-reported-title = Någon har anmält ditt kort som borta
loss-my-reported-means = Den som ringde är inte kontrollerad, så kortet är inte spärrat. Vi ringer dig på ditt nummer i katalogen.
loss-my-reported-true = Stämmer det? Spärra kortet själv nu.
loss-my-reported-false = Stämmer det inte? Ring oss.
loss-my-withdrawn-title = Anmälan är avslutad
loss-my-withdrawn-means = Kortet spärrades inte av den.
loss-my-revoked-at = { $at }: { $reason }.
loss-my-telia = Ring Telia och spärra där också
loss-my-telia-means = Ditt kort har en personlig e-legitimation hos Telia. Den gäller tills du spärrar den.
loss-my-call = Ring { $phone }
loss-my-police = Anmäl förlusten till polisen
loss-my-police-means = Kortet är SIS-märkt och gäller som id-kort. Ring 114 14 eller gå till närmaste polisstation.
loss-my-done = Jag har gjort det
loss-my-done-on = Vilken dag?
loss-my-reference = Referens, om du fick någon
loss-my-then = Sedan
loss-my-then-police = Anmäl stölden till polisen, om du inte redan har gjort det. Ring 114 14 eller gå till närmaste polisstation.
loss-my-then-card = Be en id-administratör i din organisation beställa ett nytt kort.
loss-my-then-photo = Ditt sparade foto från { $taken } får användas till och med { $last }, så du behöver inte fotograferas igen.
loss-my-then-reserve = Behöver du komma in genom dörrar eller legitimera dig redan i dag: fråga kortkontoret om reservkort. Det finns två slag, ett för dörrar och ett för e-legitimation, och du kan behöva båda.
loss-my-then-found = Hittar du kortet går det inte att använda. Klipp sönder det och kasta det.
loss-my-not-you = Var det inte du?
loss-my-not-you-means = Ring genast. Kortet är spärrat för alltid, men du får hjälp med ett nytt och med reservkort.
loss-my-contact = Din id-administratör
loss-my-office = Kortkontoret för ditt kort
loss-my-already-title = Kortet är redan spärrat
loss-my-to-case = Se vad som återstår
loss-my-without-id = Skaffa ny id-handling hos polisen: pass eller nationellt id-kort. Till dess kan du bara få reservkort, om någon kan intyga vem du är. Din chef kan hjälpa dig.
