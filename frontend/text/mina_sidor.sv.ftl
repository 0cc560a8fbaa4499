# Mina sidor: innehavarens egna sidor. Du-tilltal, en sak i taget, vad som hänt och vad du gör nu.

## Meny
ms-nav-start = Start
ms-nav-looks = Vem har tittat på mina uppgifter
ms-nav-contact = Kontakt och öppettider
ms-back = Till start



## Start
ms-title = { $count ->
    [0] Hej { $name }. Du har inget att göra just nu.
    [1] Hej { $name }. Du har en sak att göra.
    [2] Hej { $name }. Du har två saker att göra.
    [3] Hej { $name }. Du har tre saker att göra.
   *[other] Hej { $name }. Du har { $count } saker att göra.
  }
ms-sum-works = Ditt kort från { $organisation } fungerar.
ms-sum-unsigned = Kortet från { $organisation } spärras om du inte skriver under kvittensen.
ms-sum-coming = Ett nytt kort från { $organisation } är på väg.
ms-sum-locked = Ditt kort från { $organisation } är låst, inte spärrat.
ms-sum-at-office = Ditt nya kort från { $organisation } ligger på { $office }.
ms-sum-missing = Kortet från { $organisation } har inte kommit fram. Kontoret vet om det.
ms-sum-none = Du har inget kort, och inget är beställt. Behöver du ett i ditt arbete: be en id-administratör i din organisation beställa det.
ms-todo = Att göra
ms-locked = Låst
ms-unsigned = Väntar på din underskrift
ms-works = Fungerar nu
ms-coming = På väg
ms-ended = Har upphört
ms-last-look = Senast visad av annan: { $who }, { $day }.
ms-no-look = Ingen annan har visat dina uppgifter.
ms-looks-link = Vem har tittat på mina uppgifter?
ms-somebody-protected = en medarbetare vars namn är skyddat

## Det du ska göra
ms-sign-title = Skriv under kvittensen
ms-sign-text = Du har valt pin-kod till kortet { $number } från { $organisation }. Utan din underskrift spärras kortet, och då behöver du ett nytt.
ms-sign-button = Läs villkoren och skriv under
ms-collect-by = När avin har kommit
ms-collect-title = Hämta ditt nya kort hos postombudet
ms-collect-posted = Kortet från { $organisation } skickades { $day } i ett rekommenderat brev. Postnord skickar en avi när brevet finns att hämta. Kommer ingen avi: spåra brevet med Rek-id.
ms-collect-noticed = Postnord har skickat en avi om brevet från { $organisation }. Har den inte kommit till dig: spåra brevet med Rek-id. Ta med giltig id-handling när du hämtar det.
ms-collect-waiting = Brevet från { $organisation } finns att hämta hos postombudet sedan { $day }. Ta med giltig id-handling.
ms-rek-id = Rek-id
ms-track = Spåra hos Postnord
ms-activate-title = Aktivera ditt nya kort
ms-activate-text = När kortet har kommit till dig tar du med det och en giltig fysisk id-handling till { $office }, { $address }. { $hours }
ms-activate-by = När kortet har kommit
ms-fetch-by = Kortet finns att hämta
ms-fetch-title = Hämta och aktivera ditt nya kort
ms-fetch-text = Kortet ligger på { $office }. Ta med en giltig fysisk id-handling dit: { $address }. { $hours }
ms-locked-since = Låst sedan { $day }
ms-unlock-title = Ditt kort från { $organisation } är låst
ms-unlock-text = Kortet gäller fortfarande, men pin-koden fungerar inte förrän du har låst upp det.
ms-unlock-button = Så låser du upp det
ms-unlock-link = Så låser du upp kortet
ms-reported-on = Anmält { $day }
ms-reported-button = Säg om det stämmer
ms-loss-by = Så snart du kan
ms-loss-last = Senast { $day }
ms-to-case = Spärren och vad du gör nu
ms-activate-button = Så aktiverar du kortet

## Kortet
ms-until = till och med { $day }
ms-must-sign = kvittensen är inte underskriven
ms-revoked-on = spärrat { $day }: { $reason }
ms-expired-on = gick ut { $day }
ms-order-ended = beställning { $number }
ms-card-number = Kortnummer
ms-product-number = Produktnummer
ms-your-hsa-id = Ditt HSA-id
ms-valid-to = Gäller till och med
ms-order-number = Beställning
ms-open-card = Visa kortet { $number }
ms-open-coming = Var kortet är och hur du aktiverar det
ms-open-at-office = Hur du hämtar och aktiverar kortet
ms-open-missing = Vad som händer med kortet
ms-at-office-note = ligger på { $office }

## Spårning
ms-stop-ordered = Beställt
ms-stop-manufacturer = Hos tillverkaren
ms-stop-sent = Skickat
ms-stop-notice = Avi skickad
ms-stop-service-point = Finns att hämta hos ombudet
ms-stop-collected = Uthämtat
ms-stop-returned = Kom i retur
ms-stop-lost = Försvunnet på vägen
ms-stop-missing = Har inte kommit fram
ms-stop-at-office = Ligger på { $office }
ms-stop-activate = Aktivera på { $office }
ms-stop-activate-note = Ta med kortet och en fysisk id-handling.
ms-stop-fetch-note = Ta med en giltig fysisk id-handling.
ms-since = sedan { $day }
ms-waits = Beställningen är inte skickad till tillverkaren än.
ms-apost-note = Kortet skickas med A-post (vanligt brev) och kan inte spåras. Räkna med två till tre veckor.
ms-to-office-note = Kortet skickas till kortkontoret. Du får ett mejl när det går att hämta.
ms-rek-note = Kortet skickas rekommenderat. När det är postat får du ett Rek-id här, så att du kan spåra det.
ms-reorder-note = Har det inte kommit får en id-administratör i din organisation beställa ett nytt från { $day }.

## Kortets egen sida
ms-card-ordered-title = Kortet är beställt.
ms-card-sent-title = Kortet är skickat. Det måste aktiveras innan det fungerar.
ms-card-at-office-title = Kortet ligger på { $office }. Det måste aktiveras innan det fungerar.
ms-card-at-office-text = Ta med en giltig fysisk id-handling dit.
ms-card-locked-title = Kortet är låst, inte spärrat.
ms-card-locked-text = Det gäller till och med { $day } och går att låsa upp.
ms-card-unsigned-title = Kortet fungerar, men du måste skriva under kvittensen.
ms-card-active-title = Kortet är aktivt och gäller till och med { $day }.
ms-card-revoked-title = Kortet är spärrat och kan inte öppnas igen.
ms-card-expired-title = Kortets giltighetstid har gått ut.
ms-card-ordered-text = Du får ett mejl när kortet är skickat. Räkna med två till tre veckor.
ms-card-active-text = Du använder det när du loggar in och skriver under i arbetet.
ms-card-revoked-text = Klipp sönder kortet genom chippet och kasta det. Behöver du ett nytt kort i ditt arbete: be en id-administratör i din organisation beställa det.
ms-card-expired-text = Klipp sönder kortet genom chippet och kasta det. Ett nytt kort beställs av en id-administratör i din organisation.
ms-where = Var kortet är
ms-days = Dagar att hålla reda på
ms-go-here = Hit går du
ms-office-closed = Kontoret har stängt för gott. Fråga din id-administratör vilket kontor som gäller i stället.
ms-floor = Våning eller ingång
ms-address = Besöksadress
ms-phone = Telefon
ms-hours = Öppettider
ms-today = I dag: { $hours }.
ms-tomorrow = I morgon: { $hours }.
ms-closed = stängt
ms-hours-note = Runt helger kan tiderna vara andra. Ring gärna innan du går.
ms-weekday-mon = Måndag
ms-weekday-tue = Tisdag
ms-weekday-wed = Onsdag
ms-weekday-thu = Torsdag
ms-weekday-fri = Fredag
ms-weekday-sat = Lördag
ms-weekday-sun = Söndag
ms-bring = Det här tar du med
ms-bring-card = Kortet som har kommit med posten.
ms-bring-id = En giltig fysisk id-handling: körkort, pass, nationellt id-kort eller ett annat svenskt id-kort.
ms-bring-no-digital = Bank-id och Freja räcker inte, och inte heller något annat digitalt id-kort.
ms-bring-letter = Kodbrevet till kortet. Det kommer i ett eget kuvert.
ms-bring-code = En pin-kod som du har tänkt ut, { $least } till { $most } siffror. Skriv inte upp den.
ms-steps = Så går det till
ms-step-check = Id-administratören kontrollerar dig, din id-handling och kortet.
ms-step-code = Du väljer själv pin-koden i kortprogrammet. Ingen annan ser den.
ms-step-letter = Du visar att koden i kodbrevet fungerar. Ingen annan ser den.
ms-step-sign = Du läser villkoren och skriver under kvittensen, här i Mina sidor eller på papper. Sedan är kortet aktivt.


## Villkor och kvittens
ms-terms-title = Villkor för e-tjänstekort
ms-terms-version = Version { $version }
ms-term-personal = Kortet är personligt. Bara du får använda det.
ms-term-lend = Du lånar aldrig ut kortet, inte till någon och inte för en kort stund.
ms-term-code = Pin-koden är bara din. Du skriver inte upp den, säger den inte till någon och låter ingen se när du slår den. Ingen har rätt att fråga efter den.
ms-term-reader = Du tar med dig kortet när du går från datorn.
ms-term-loss = Tappar du kortet, blir det stulet, eller tror du att någon kan koden, säger du till genast så att kortet spärras.
ms-term-data = Du säger till om något på kortet är fel eller om du byter namn.
ms-term-return = Du lämnar tillbaka kortet när anställningen eller uppdraget upphör, eller när utgivaren ber om det.
ms-term-follow-up = Det du gör med kortet loggas. Den som bryter mot villkoren kan få kortet spärrat.
ms-too-late-title = Tiden har gått ut
ms-too-late-text = Kortet spärras i natt och kan då inte användas mer. Kontakta kontoret om ett nytt.
ms-too-late-held = Kortet väntar på att spärras. Kontakta kontoret om ett nytt.
ms-too-late-button = Kontakta kortkontoret
ms-receipt-late-title = Tiden att skriva under har gått ut
ms-receipt-title = Läs villkoren och skriv under kvittensen
ms-receipt-lead = När du har skrivit under är kortet aktivt.
ms-receipt-card = Kortet du har fått
ms-receipt-printed-name = Namn på kortet
ms-receipt-issuer = Utgivare
ms-receipt-product = Kort
ms-receipt-what = Det här skriver du under
ms-receipt-what-text = Du skriver under villkoren, uppgifterna om kortet och meningen du kryssar i. Texten sparas tillsammans med din underskrift.
ms-receipt-accept = Jag har fått kortet och godkänner villkoren.
ms-receipt-accept-missing = Kryssa i att du har fått kortet och godkänner villkoren.
ms-loa-title = Du behöver en säkrare inloggning
ms-loa-text = Du är inloggad på tillitsnivå 2. För att skriva under krävs tillitsnivå 3. Logga in med en e-legitimation på nivå 3, eller skriv under på papper hos id-administratören på kortkontoret.
ms-loa-button = Logga in på nivå 3
ms-receipt-signed-title = Kvittensen är redan underskriven
ms-receipt-already-signed-text = Kortet är aktivt. Du behöver inte göra något mer.
ms-receipt-signed-at = Underskriven
ms-receipt-signed-how = Hur
ms-receipt-by-log-in = Med e-legitimation
ms-receipt-by-card = Med kortet
ms-receipt-by-paper = På papper, som kortkontoret har
ms-receipt-link = Kvittensen och villkoren
ms-receipt-paper-title = Kvittens för e-tjänstekort
ms-receipt-holder = Innehavare
ms-receipt-ended-title = Kvittensen går inte att skriva under
ms-receipt-ended-text = Kortet har upphört att gälla. Behöver du ett nytt: be en id-administratör i din organisation beställa det.
ms-receipt-early-title = Det är inte dags att skriva under än
ms-receipt-early-text = Du skriver under när du har valt pin-kod på kortkontoret.
ms-receipt-to-card = Till kortet
ms-done-title = Kortet är aktivt
ms-done-text = Kvittensen är underskriven. Kortet gäller till och med { $day }.
ms-done-now = Nu
ms-done-keep-code = Behåll pin-koden för dig själv.
ms-done-take = Ta med dig kortet varje gång du går från datorn.
ms-done-old = Har du ett äldre kort från samma utgivare är det spärrat nu. Klipp det genom chippet.
ms-done-loss = Tappar du kortet: säg till genast, så spärras det.

## Vem har tittat
ms-looks-title = Vem har tittat på mina uppgifter
ms-looks-lead = Här står vilka andra än du som har öppnat dina uppgifter, dag för dag, med det senaste överst.
ms-look-with-role = { $name }, { $role }, öppnade { $what }
ms-look-once = { $day } { $time }
ms-look-times-at = { $day } { $time }, { $times ->
    [2] två gånger
    [3] tre gånger
   *[other] { $times } gånger
  }
ms-look-times = { $day }, { $times ->
    [2] två gånger
    [3] tre gånger
   *[other] { $times } gånger
  } mellan { $first } och { $last }
ms-and = { $first } och { $last }
ms-role-orderer = behörig beställare
ms-role-id-admin = id-administratör
ms-role-servicedesk = servicedesk
ms-role-deputy-issuer = biträdande utgivare
ms-role-responsible-issuer = ansvarig utgivare
ms-role-security-officer = säkerhetsansvarig
ms-role-auditor = loggranskare
ms-looks-none-title = Ingen annan har tittat på dina uppgifter
ms-looks-none-text = Varje visning skrivs upp här så snart den sker.
ms-looks-ask = Undrar du över en visning? Fråga först kontaktpersonen på din arbetsplats.

## Kontakt
ms-contact-title = Kontakt och öppettider
ms-contact-first = Fråga först kontaktpersonen
ms-contact-person = Kontaktperson för { $organisation }
ms-contact-missing = { $organisation } har inte angett någon kontaktperson. Fråga en id-administratör i din organisation, eller kortkontoret.
ms-contact-mail = Mejl
ms-contact-offices = Kortkontor
ms-contact-servicedesk = Servicedesk
ms-contact-servicedesk-text = Kan kontaktpersonen inte hjälpa dig: ring servicedesk hos din arbetsgivare. Läs upp sidans kod, som står längst ned, så ser de vad som hände.

# A card that does not come.
ms-not-come = Kortet har inte kommit
ms-missing-title = Har kortet inte kommit?
ms-missing-means = A-post går inte att spåra. Trettio dagar efter fotot, eller efter beställningen om inget nytt foto togs, får ett nytt kort beställas. Du behöver inte fotograferas igen.
ms-report-missing = Säg att kortet inte har kommit
ms-report-late = Kortet har kommit
ms-missing-told-title = Kontoret vet att kortet inte har kommit
ms-missing-told = De beställer ett nytt enligt rutinen på din arbetsplats. Det första kortet spärras då.
ms-missing-replaced-title = Ett nytt kort är beställt
ms-missing-replaced = Det här kortet är spärrat. Kommer det ändå: klipp det genom chippet och kasta det.
ms-late-title = Kortet kom till slut
ms-late-cut = Det är spärrat, eftersom ett nytt är beställt. Klipp det genom chippet och kasta det.
ms-late-activate = Ta med det och en fysisk id-handling till kontoret för att aktivera det.
ms-missing-ask = Fråga kontoret
ms-missing-from = Du kan säga till här från { $day }. Vänta på brevet till dess.
ms-missing-rek = Kortet skickas rekommenderat och går att spåra. Sök efter Rek-id { $rek } hos Postnord. Har brevet gått tillbaka eller försvunnit: fråga kontoret.
