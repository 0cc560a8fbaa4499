# Den öppna sidan "Mitt kort är låst".

locked-link = Mitt kort är låst
locked-link-text = Har du skrivit fel pin-kod tre gånger? Se hur du låser upp kortet. Du behöver inte logga in.
locked-lost-link = Jag har tappat mitt kort
locked-lost-link-text = Är kortet borta eller stulet, eller kan någon annan koden? Se hur du spärrar det, dygnet runt. Du behöver inte logga in för att läsa.
locked-help = Har du skrivit fel pin-kod? Så låser du upp kortet
locked-to-start = Till startsidan
locked-change = Ändra svar
locked-log-in = Logga in
locked-offices-link = Kortkontor och öppettider

## Frågorna
locked-title = Mitt kort är låst
locked-lead = Kortet låses när fel pin-kod skrivs tre gånger. Låst är inte spärrat: kortet går att använda igen.
locked-first = Är kortet låst eller borttappat?
locked-first-locked = Jag har kortet och har skrivit fel kod
locked-first-locked-text = Då är det låst. Fortsätt med produktnumret här nedanför.
locked-first-lost = Kortet är borttappat eller stulet, eller någon annan kan koden
locked-first-lost-text = Då ska det spärras, för alltid. Så gör du det.
locked-where = Produktnumret står på baksidan
locked-where-note = Vänd på kortet. Siffrorna kan sitta på ett annat ställe på just ditt kort.
locked-sis = Kortet har ett SIS-märke
locked-sis-note = SIS-märkta kort har produktnumret på framsidan.
locked-question = Vad börjar produktnumret på?
locked-seven = 7
locked-seven-hint = till exempel 711 eller 723. Kort som används på Mac börjar alltid på 7.
locked-six = 6
locked-six-hint = till exempel 641
locked-five = 5
locked-five-hint = till exempel 512
locked-none = Det finns inget produktnummer
locked-other = En annan siffra
locked-other-hint = till exempel 473
locked-unsure = Jag vet inte, eller har inte kortet här
locked-show = Visa hur jag låser upp
locked-nothing-kept = Du behöver inte logga in. Vi sparar inte ditt svar.
locked-missing = Välj vad produktnumret börjar på.
locked-unreadable = Ett produktnummer har tre siffror. Välj vad det börjar på.

## Kortets baksida och framsida, tecknade
card-back-text = Teckning av kortets baksida. Överst ett mörkt band, under det en ruta för namnteckningen. Nere till vänster står kortnumret, nere till höger produktnumret: tre siffror, här { $number }.
card-back-mark = Produktnumret: tre siffror
card-front-text = Teckning av framsidan på ett SIS-märkt kort. Till vänster chippet, till höger fotot, under chippet namnet. Nere i mitten sitter SIS-märket, och nere till vänster produktnumret: tre siffror, här { $number }.
card-front-mark = Produktnumret
card-front-sis = SIS-märket

## Svaren
locked-of-number = Det gäller kort med produktnummer { $number }.
locked-of-first = Det gäller kort vars produktnummer börjar på { $digit }.
locked-of-none = Det gäller kort utan produktnummer.
locked-of-other = Det gäller kort med andra produktnummer än 5, 6 och 7 som första siffra.
locked-answer-visit = Ditt kort kan låsas upp på två sätt
locked-answer-puk = Ditt kort låses bara upp med puk-koden
locked-no-visit = Ett besök på kortkontoret hjälper inte, så spara resan.
locked-call-title = Ring servicedesk
locked-call-text = Vi känner inte igen numret, så vi räknar kortet som ett äldre kort. Låt servicedesk hos din arbetsgivare se efter innan du gör något mer.

locked-visit-title = Besök en id-administratör
locked-visit-text = Du väljer en ny pin-kod på plats. Gå till kontoret där du fotograferades, eller där du fick kortet om det är utan foto. Du kan också gå till en id-administratör i din egen organisation.
locked-bring = Ta med
locked-bring-card = Kortet som är låst
locked-bring-id = En giltig fysisk svensk id-handling: körkort, pass, nationellt id-kort eller ett annat svenskt id-kort. Det låsta kortet räknas inte.
locked-bring-digital = Id-kort i Bank-id eller Freja räcker inte
locked-offices = Kontor som låser upp kort
locked-order-title = Lås upp själv med ett puk-brev
locked-order-text = En id-administratör i din organisation eller servicedesk beställer brevet, eller be själv om brevet i Mina sidor med en annan e-legitimation. Det tar cirka tre dagar och kommer till din folkbokföringsadress.
locked-order-self = Be om brevet i Mina sidor
locked-mac = Använder du kortet på Mac gäller samma sak: besök eller puk-brev.

locked-letter-title = Leta fram kodbrevet från Telia
locked-letter-text = Det kom med posten från Telia, och du använde det när du hämtade ut kortet. Puk-koden står i brevet.
locked-letter-have = Jag har brevet, visa hur jag gör
locked-new-letter-title = Har du inget brev? Beställ ett nytt kodbrev
locked-new-letter-text = En id-administratör i din organisation eller servicedesk beställer, också om brevet aldrig kom, eller be själv om brevet i Mina sidor med en annan e-legitimation. Du hämtar det hos postombudet efter cirka tre dagar. Kontrollera först att din folkbokföringsadress stämmer. Ha det här till hands:
locked-ready-name = Ditt namn och HSA-id
locked-ready-number = Kortnumret på kortet

locked-guide-title = Så gör du med puk-koden
locked-guide-1 = Sätt kortet i läsaren och öppna kortprogrammet.
locked-guide-2 = Välj att låsa upp kortet, eller att byta pin-kod med puk-kod.
locked-guide-3 = Skriv puk-koden från brevet och kontrollera den innan du går vidare.
locked-guide-4 = Välj en ny pin-kod. Skriv inte upp den.
locked-guess-title = Gissa inte puk-koden
locked-guess-text = Skrivs den fel för många gånger slutar kortet att fungera för gott.
locked-puk-locked = Är puk-koden också låst?
locked-puk-locked-puk = Då kan kortet inte låsas upp och måste bytas. Be en id-administratör i din organisation beställa ett nytt kort.
locked-puk-locked-visit = Boka ett besök hos en id-administratör, så provar ni att låsa upp kortet där. Går det inte måste kortet bytas.
locked-reserve-title = Är det låsta kortet ett reservkort?
locked-reserve-visit = Ett reservkort vars produktnummer börjar på 7 låses upp vid besöket. Koderna finns annars i kuvertet som du fick. Puk-brev skickas inte till reservkort: finns inga koder får du ett nytt reservkort.
locked-reserve-puk = Koderna till ett reservkort finns i kuvertet som du fick. Puk-brev skickas inte till reservkort: finns inga koder får du ett nytt reservkort.

locked-unsure-title = Ta reda på produktnumret först
locked-unsure-text = Det avgör hur kortet låses upp. Är du osäker på vad som gäller: fråga din chef. Chefen vet vem som är id-administratör hos er, och id-administratören ser vilket kort du har.
locked-unsure-back = Jag har hittat numret
locked-ask-manager = Osäker på vad som gäller hos er? Fråga din chef.

## När det är bråttom
locked-now = Behöver du komma in i ett system nu?
locked-now-open = Öppet nu: { $office }, { $until }.
locked-now-closed = Inget kortkontor är öppet just nu. Först öppnar { $office }, { $when }.
locked-now-unknown = Ring kortkontoret och fråga när det är öppet.
locked-now-puk = Puk-koden i kodbrevet
locked-now-puk-text = Låser upp kortet när som helst på dygnet. Du behöver kortet, läsaren och brevet.
locked-now-visit = Besök hos en id-administratör
locked-now-visit-text = Låser upp kortet när kontoret är öppet, eller när en id-administratör i din organisation är på plats.
locked-now-reserve = Reservkort
locked-now-reserve-text = Lämnas ut av en id-administratör. Ett reservkort på tillitsnivå 2 öppnar inte system som kräver nivå 3. Fråga innan du går.
locked-now-eid = En annan e-legitimation
locked-now-eid-text = Öppnar Mina sidor, där du ser vad som gäller ditt kort. Om andra system tar emot den står där du loggar in.
locked-now-routine = Verksamhetens reservrutin
locked-now-routine-text = Gäller när inget annat går, till exempel på natten. Fråga den som leder arbetet. Låna aldrig någon annans kort.

## Kontoren
locked-open-until = Öppet nu, till { $time }.
locked-until = till { $time }
locked-opens = Stängt nu. Öppnar { $when }.
locked-when-today = i dag { $time }
locked-when-tomorrow = i morgon { $time }
locked-when-day = { $day } { $time }
locked-no-offices = Vi kan inte visa kontoren just nu. Fråga din chef var ditt kortkontor finns.
locked-offices-title = Kortkontor och öppettider

## Borttappat
locked-servicedesk-call = Ring servicedesk: { $phone }
locked-servicedesk-where = Numret till servicedesk står på din arbetsgivares intranät. Annars kopplar växeln dig dit.
locked-lost-title = Ett borttappat kort ska spärras
locked-lost-lead = Det gäller också om kortet är stulet eller om någon annan kan koden. Spärrat är inte låst: en spärr går inte att häva, och du behöver ett nytt kort.
locked-lost-only-locked = Ligger kortet framför dig och du bara har skrivit fel kod? Då är det låst och ska inte spärras.
locked-lost-revoke = Spärra kortet nu
locked-lost-revoke-text = Logga in i Mina sidor med en annan e-legitimation och välj Jag har tappat mitt kort. Kan du inte logga in: ring en id-administratör i din organisation, kontoret där du hämtade kortet, eller servicedesk hos din arbetsgivare.
locked-lost-log-in = Logga in i Mina sidor
locked-lost-telia = Ring också Telia
locked-lost-telia-text = Har kortet inget produktnummer, eller ett som börjar på något annat än 7, ska du också spärra hos Telia. Ring { $phone }.
locked-lost-police = Anmäl till polisen
locked-lost-police-text = Är ett SIS-märkt kort borttappat eller stulet ska du anmäla det till polisen. Är ett annat kort stulet är det klokt att göra en anmälan.
locked-lost-then = Sedan
locked-lost-then-text = Be en id-administratör i din organisation beställa ett nytt kort. Under tiden kan du arbeta med ett reservkort.
