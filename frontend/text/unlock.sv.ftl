# Låsta kort: kortet anges som låst, låses upp, och puk-brev begärs och godkänns.

## Kortet anges som låst
ul-state-title = Är kort { $number } låst?
ul-state-means = Fel pin-kod tre gånger låser kortet. Låst är inte spärrat: det går att låsa upp igen.
ul-state-noted = Det antecknas att kortet är låst enligt innehavaren, och att du skrev det. Inget går förlorat om det var fel.
ul-state-lost = Är kortet borta, eller kan någon annan koden?
ul-state-lost-means = Då är det inte låst. Då ska det spärras, för alltid.
ul-state-button = Ja, kortet är låst
ul-is-locked = Kortet är låst, inte spärrat
ul-not-locked-title = Kortet är inte låst
ul-signing-means = Fel pin-kod tre gånger låser koden, inte kortet: det går att logga in som vanligt. Låst är inte spärrat: koden går att låsa upp igen.
ul-signing-is-locked = Pin-koden för underskrift (PIN2) är låst

## De två koderna
codes-pin1 = Pin-kod för legitimering (PIN1)
codes-pin2 = Pin-kod för underskrift (PIN2)
codes-puk = Puk-kod
codes-set = vald
codes-not-set = inte vald än
codes-locked = låst
codes-none = finns inte än, väljs när underskriftscertifikatet hämtas
codes-which = Vilken kod är låst? Med pin-koden för legitimering (PIN1) loggar man in, med pin-koden för underskrift (PIN2) skriver man under. Är det oklart antecknas den för legitimering.
codes-is-pin1 = Ja, pin-koden för legitimering (PIN1)
codes-is-pin2 = Ja, pin-koden för underskrift (PIN2)
codes-is-unsure = Ja, men det är oklart vilken
codes-also = { $code } är också låst
codes-also-means = Koderna låses var för sig och låses upp på samma sätt.
codes-opened = { $code } är upplåst med puk-koden
codes-choose-pin2 = Det är pin-koden för underskrift (PIN2) som är låst och väljs på nytt. Pin-koden för legitimering (PIN1) gäller som förut.
codes-choose-both = Båda koderna är låsta och väljs på nytt: den för legitimering (PIN1) och den för underskrift (PIN2). De ska vara olika.

## Sätten att låsa upp
ul-ways = Så låses kortet upp
ul-signing-ways = Så låses koden upp
ul-other-ways = Andra sätt
ul-visit-title = Besök hos en id-administratör
ul-visit-text = Innehavaren kommer till { $office }, eller till en id-administratör i sin egen organisation, och väljer en ny pin-kod där.
ul-visit-bring = Innehavaren tar med kortet och en giltig fysisk svensk id-handling. Det låsta kortet räknas inte, och inte Bank-id eller Freja.
ul-no-visit = { $number } kan inte låsas upp vid ett besök. Låt inte innehavaren komma i onödan.
ul-number-is = Kort med produktnummer { $number }
ul-number-missing = Kort utan produktnummer
ul-puk-title = Innehavaren låser upp själv med puk-koden
ul-puk-ordered = Puk-koden kommer i ett puk-brev som beställs här, cirka tre dagar efter att det skickats.
ul-puk-telia = Puk-koden står i kodbrevet från Telia, som innehavaren använde när kortet hämtades. Saknas brevet: beställ ett nytt, som kommer cirka tre dagar efter att det skickats.
ul-puk-how = Koden skrivs i kortprogrammet med kortet i läsaren. Den skrivs aldrig här och sägs aldrig i telefon.
ul-ask-letter = Beställ puk-brev
ul-see-letter = Se puk-brevet
ul-opened-with-puk = Innehavaren har låst upp med puk-koden
ul-lock-puk = Puk-koden är också låst
ul-lock-puk-means = Skrivs puk-koden fel för många gånger låses även den. Ange det bara om kortprogrammet säger så.
ul-puk-is-locked = Puk-koden är också låst
ul-puk-locked-replace = Kortet kan inte låsas upp och måste bytas. Spärra det och beställ ett nytt.
ul-puk-locked-visit = Prova ett besök först: där behövs inte innehavarens puk-kod. Går det inte måste kortet bytas.
ul-replace = Byt kortet: spärra det
ul-unknown-number = Produktnumret är okänt
ul-unknown-number-means = Kortet räknas som ett äldre kort. Se efter på kortets baksida att numret är rätt innan något mer görs.

## Upplåsning vid besök
ul-unlock = Lås upp kortet
ul-stop = Avbryt upplåsningen
ul-visit-here = Innehavaren är här med kortet
ul-foreign = Utländskt pass eller id-kort
ul-foreign-not-accepted = Räcker inte för att låsa upp: handlingen ska vara svensk
ul-choose-document = Välj vilken svensk id-handling du har i handen. Utländska pass och digitala id-kort godtas inte, och inte det låsta kortet.
ul-chosen = Är den nya koden vald?
ul-is-chosen = Innehavaren har valt en ny kod i kortprogrammet
ul-not-chosen = Innehavaren har inte valt en ny kod.
ul-not-chosen-instead = Låt innehavaren välja den i kortprogrammet och bocka sedan för.
ul-wrong-office = Kortet låses upp på { $office }, eller av en id-administratör i innehavarens egen organisation.
ul-wrong-office-instead = Hänvisa innehavaren dit, eller beställ ett puk-brev.
ul-wrong-card = Numret är ett annat korts. Det är inte det här kortet som ligger i läsaren.
ul-wrong-card-instead = Läs av numret på kortet igen, eller byt kort.
ul-other-person = Numret på id-handlingen är inte innehavarens.
ul-other-person-instead = Jämför med id-handlingen. Är det någon annan än innehavaren: lås inte upp kortet. Ingen kan göra det i innehavarens ställe.
ul-steps-left = Alla sju stegen är inte bockade.
ul-steps-left-instead = Gå igenom de steg som är kvar. Är du osäker på ett steg: lås inte upp kortet.
ul-sign-title = Kontroll vid upplåsning av e-tjänstekort
ul-sign-card = Jag låser upp kort { $number } på { $office }. Jag har läst kortnumret på kortet.
ul-sign-chosen = Innehavaren har själv valt en ny pin-kod i kortprogrammet.
ul-done-title = Kortet är upplåst
ul-done-means = Den nya pin-koden gäller nu. Ett puk-brev som beställts för att kortet var låst är återkallat, om det inte hunnit skickas.
ul-what-happened = Det som hänt

## Puk-brevet beställs
ul-letter-title = Beställ puk-brev till kort { $number }
ul-letter-lead = Innehavaren får ett brev med puk-koden och låser upp kortet själv. Du eller en kollega godkänner innan brevet skickas.
ul-why = Varför behövs brevet?
ul-choose-reason = Välj varför brevet behövs.
ul-because-locked = Kortet är låst
ul-because-lost-codes = Kodbrevet är borta, eller koderna är glömda
ul-because-never-came = Kodbrevet kom aldrig
ul-caller = Vem ber om brevet?
ul-caller-is-known = Jag har kontrollerat innehavarens namn, HSA-id och kortnummer
ul-letter-comes = Kommer
ul-letter-about-three-days = cirka tre dagar efter att det skickats
ul-fee = Avgift
ul-fee-none = ingen

## Puk-brevets sida
ul-letter-of = Puk-brev till kort { $number }
ul-the-letter = Brevet
ul-since = Sedan
ul-requested-by = Begärt av
ul-requested-by-holder = Innehavaren, inloggad i Mina sidor
ul-requested-and-checked-by = { $name }, som kontrollerade namn, HSA-id och kortnummer
ul-never-shown = Puk-koden visas aldrig på någon skärm. Den finns bara i brevet.
ul-requested = Brevet väntar på att godkännas
ul-requested-means = Innehavaren kan inte låsa upp sitt kort med puk-koden förrän brevet är godkänt och skickat.
ul-approved = Brevet är godkänt men inte skickat
ul-approved-means = Inget är skickat än, och det går inte att säga när det skickas. Återkalla brevet, eller vänta tills det skickas. Börjar produktnumret på 7 går kortet att låsa upp vid ett besök.
ul-rejected = Brevet godkändes inte
ul-rejected-means = Innehavaren får ett mejl om det. Skälet står bland händelserna på personens sida.
ul-cancelled = Brevet är återkallat
ul-cancelled-means = Inget brev skickas. Behövs ett nytt går det att beställa.
ul-used = Kortet är upplåst med brevet
ul-used-means = Inget mer behöver göras.
ul-on-its-way = Brevet är på väg
ul-on-its-way-means = Det kommer till den registrerade adressen, cirka tre dagar efter att det skickats.
ul-letter-over = Brevet är avslutat
ul-letter-over-means = Är kortet fortfarande låst går det att beställa ett nytt brev.
ul-approve = Godkänn brevet
ul-reject = Avslå brevet
ul-reject-why = Varför ska det avslås?
ul-reject-hint = Skälet står bland händelserna. Innehavaren får ett mejl om att brevet inte skickas och vad som går att göra i stället.
ul-choose-rejection = Välj varför brevet avslås.
ul-reject-unsure = Det är inte säkert att innehavaren har bett om det
ul-reject-replaced = Kortet ska bytas i stället
ul-reject-visit = Ett besök öppnar kortet snabbare
ul-cancel-letter = Återkalla brevet

## Mina sidor
ul-ms-question = Är ditt kort låst?
ul-ms-state = Ja, mitt kort är låst
ul-ms-lost = Jag har tappat mitt kort
ul-ms-lost-means = Är kortet borta eller stulet, eller kan någon annan koden? Då är det inte låst. Då ska det spärras, för alltid.
ul-ms-locked-link = Kortet är låst
ul-ms-is-locked = Ditt kort är låst, inte spärrat
ul-ms-is-locked-means = Kortet gäller fortfarande och går att låsa upp. Så gör du med just ditt kort.
ul-ms-signing-is-locked = Din pin-kod för underskrift (PIN2) är låst
ul-ms-signing-is-locked-means = Du kan logga in med kortet som vanligt, men inte skriva under med den koden förrän den är upplåst. Så gör du med just ditt kort.
codes-ms-signing-title = Pin-koden för underskrift (PIN2) på ditt kort från { $organisation } är låst
codes-ms-signing-text = Du kan logga in med kortet, men inte skriva under med den koden förrän du har låst upp den.
ul-ms-no-letter = Har kodbrevet inte kommit?
ul-ms-no-letter-means = Du behöver koderna i brevet när du hämtar ut kortet. Kom det aldrig kan du be om ett nytt.
ul-ms-own-admin = Hitta id-administratören i din organisation
ul-ms-order-text = Du ber om brevet här. En id-administratör i din organisation eller servicedesk godkänner det. Det kommer till din folkbokföringsadress, cirka tre dagar efter att det skickats. Det kostar inget.
ul-ms-ask-letter = Be om puk-brev
ul-ms-letter-requested = Du har bett om ett puk-brev. Det väntar på att godkännas.
ul-ms-letter-approved = Ditt puk-brev är godkänt men inte skickat än.
ul-ms-letter-stands = Ditt puk-brev: { $state }.
ul-ms-opened = Jag har låst upp med puk-koden
ul-ms-number = Här står produktnumret

## Servicedesk
ul-sd-lock = Ange att kortet är låst
ul-sd-lock-means = Fel pin-kod tre gånger. Låst är inte spärrat.
ul-sd-open = Låsa upp kortet
ul-sd-open-visit = Går inte på telefon. Innehavaren kommer till { $office }, eller till en id-administratör i sin egen organisation, med kortet och en giltig fysisk svensk id-handling. Eller låser upp själv med puk-koden.
ul-sd-open-puk = Bara med puk-koden i kodbrevet från Telia. Ett besök hjälper inte. Saknas brevet: beställ ett nytt puk-brev.
ul-sd-ways = Visa hur kortet låses upp
ul-sd-letter = Puk-brev
ul-sd-letter-means = Kontrollera namn, HSA-id och kortnummer. Brevet tar cirka tre dagar och kommer till den registrerade adressen.
ul-sd-loss = Kortet är borta, stulet eller någon kan koden
ul-sd-loss-means = Kortet ska spärras, och det går inte att ångra. Är det bara låst: lås upp det i stället.
ul-sd-loss-link = Anmäl kortet förlorat
