# Kortuppgifter: det som händer med kortet i läsaren, och kortets egna sidor om det.

task-register = Registrera kortet
task-register-lead = Första gången kortet används registreras det. Sätt kortet i läsaren, öppna kortprogrammet och skriv din legitimeringskod (PIN1) där.
task-register-done = Kortet är registrerat. Det behövs bara en gång.
task-fetch = Hämta certifikat för underskrift
task-fetch-lead = Sätt kortet i läsaren och öppna kortprogrammet. Du skriver din legitimeringskod (PIN1) och sedan underskriftskoden (PIN2).
task-fetch-done = Certifikatet för underskrift är på kortet.
task-choose = Låt innehavaren välja kod i kortprogrammet
task-choose-lead = Sätt innehavarens kort i läsaren. Innehavaren väljer sin legitimeringskod (PIN1) i kortprogrammet. Titta bort.
task-choose-ready = Koden är vald
task-choose-done = Kortet har självt visat att innehavaren har valt sin kod.
task-unlock = Låt innehavaren välja en ny kod i kortprogrammet
task-unlock-lead = Sätt innehavarens kort i läsaren. Innehavaren väljer en ny kod i kortprogrammet för varje kod som är låst: legitimeringskoden (PIN1), underskriftskoden (PIN2) eller båda. Titta bort.
task-unlock-lead-pin1 = Sätt innehavarens kort i läsaren. Legitimeringskoden (PIN1) är låst: innehavaren väljer en ny i kortprogrammet. Titta bort.
task-unlock-lead-pin2 = Sätt innehavarens kort i läsaren. Underskriftskoden (PIN2) är låst: innehavaren väljer en ny i kortprogrammet och skriver sedan sin legitimeringskod (PIN1). Titta bort.
task-unlock-lead-both = Sätt innehavarens kort i läsaren. Legitimeringskoden (PIN1) och underskriftskoden (PIN2) är låsta: innehavaren väljer nya i kortprogrammet. Titta bort.
task-unlock-done = Kortet har självt visat att innehavaren har valt en ny kod, men är fortfarande låst. Det låses upp när kontrollen är gjord och underskriven.
task-sign = Skriv under kvittensen med kortet
task-sign-lead = Sätt kortet i läsaren och öppna kortprogrammet. Läs texten där, svara ja på frågan om du skriver under, och skriv din legitimeringskod (PIN1).
task-sign-ready = Kvittensen är underskriven
task-sign-done = Kortet är aktivt och klart att användas.
task-delete = Ta bort certifikatet för underskrift från kortet
task-delete-lead = Sätt kortet i läsaren och öppna kortprogrammet. Du skriver din legitimeringskod (PIN1) och sedan underskriftskoden (PIN2) innan något tas bort.
task-delete-ready = Certifikatet är borta från kortet
task-delete-done = Det gäller fortfarande, men finns inte på kortet.
task-test = Testa kortet
task-test-lead = Sätt kortet i läsaren och öppna kortprogrammet. Det tittar på läsaren, kortet, koderna och certifikaten.
task-test-ready = Kortet är testat
task-test-not-done = Kortet är inte testat
task-test-not-done-means = Kortprogrammet kom inte fram till kortet.
task-test-again = Testa igen
task-test-done = Så här såg det ut i läsaren.
task-ready = Klar att användas

task-this-device = På denna enhet
task-this-device-means = Kortet sitter i en läsare på den här datorn.
task-open = Öppna kortprogrammet
task-opens = Kortprogrammet öppnas. Frågar webbläsaren om programmet får öppnas: svara ja.
task-not-opened = Öppnades inte programmet?
task-this-device-anew = Sitter kortet i en läsare på den här datorn: ta en ny kod och öppna kortprogrammet med den.
task-install = Finns inte kortprogrammet på datorn?
task-phone = Gör det vid datorn med kortläsaren
task-phone-means = Kortet läses i en kortläsare, och det går inte med telefon eller surfplatta. Skriv koden i kortprogrammet på datorn, eller logga in där och öppna uppgiften.
task-command = kommandot
task-type-code = Koden att skriva i kortprogrammet
task-type-command = Eller som kommando i ett terminalfönster:
task-until = Koden och länken gäller till { $clock } och kan användas en gång.
task-other-device = På annan enhet
task-other-device-means = Det går inte med telefon eller surfplatta: kortet läses i en kortläsare. Sitter läsaren på en annan dator skriver du koden i kortprogrammet där.
task-steps = Det här händer
task-step-fetched = Uppgiften är hämtad i kortprogrammet
task-step-waiting = Väntar på kortet
task-step-card = Kortet är hittat
task-step-code = Legitimeringskoden skrivs i kortprogrammet
task-step-sign = Texten skrivs under i kortprogrammet
task-step-chosen = Den nya koden är skriven på kortet
task-step-key = Nyckeln är gjord på kortet
task-step-request = Certifikatet är beställt
task-step-written = Certifikatet är skrivet på kortet
task-step-removed = Certifikatet är borttaget från kortet
task-put-back = Sätt tillbaka kortet
task-put-back-means = Kortprogrammet väntar på samma kort. Tryck Enter där när det sitter i läsaren. Inget har gått förlorat.
task-no-code = Koden syns inte här
task-no-code-means = Den har slutat gälla, eller så öppnades uppgiften i en annan webbläsare. Ta en ny kod.
task-new-code = Ny kod
task-again = Försök igen
task-cancel = Avbryt uppgiften
task-desk-code = Kod till servicedesk: { $code }.
task-failed = Det gick inte
task-failed-means = Kortprogrammet slutade innan det var klart. Det som hann göras finns kvar, och du kan fortsätta med en ny kod.
task-cancelled = Uppgiften är avbruten
task-cancelled-means = Inget mer händer med kortet.
task-lapsed = Uppgiften hann inte bli klar
task-lapsed-means = En uppgift ska vara klar inom en timme. Börja om när du har kortet och läsaren till hands.
task-of-holder = Innehavaren gör det själv, inloggad i Mina sidor. Du kan följa det här. Bara innehavaren kan ta en ny kod eller avbryta.
task-of-office = En id-administratör gör det här på kortkontoret. Du kan följa det här. Bara id-administratören kan ta en ny kod eller avbryta.
task-of-colleague = { $name } gör det här. Du kan följa det. Ska du ta över börjar du om från innehavarens sida.
task-of-another-officer = En annan id-administratör gör det här. Du kan följa det. Ska du ta över börjar du om från innehavarens sida.
task-to-receipt = Fortsätt till kvittensen
task-to-check = Gör kontrollen
task-to-locked = Så låses kortet upp
task-to-card = Till kortets sida

## Kortets sida
reader-title = Med kortet i läsaren
reader-registered = Kortet är registrerat sedan { $day }.
reader-not-registered = Kortet är inte registrerat. Det behöver göras en gång, innan kortet används för första gången.
reader-goes-on = Pågår: { $what }
reader-change-code = Byt pin-kod

## Behöver jag certifikat för underskrift?
fetch-lead = Kortet får inte certifikat för underskrift av sig självt. Du hämtar det här om ett system du använder kräver det.
fetch-need = Behöver jag det?
fetch-need-means = Det beror på vilket system du skriver under i.
fetch-other = Är ditt system inte med? Fråga den som ansvarar för det på din arbetsplats.
fetch-what = Det här behövs
fetch-two-codes = Din legitimeringskod (PIN1) och din underskriftskod (PIN2)
fetch-button = Hämta certifikat för underskrift
fetch-has = Kortet har redan certifikat för underskrift
fetch-has-means = Du behöver inte göra något. Prova kortet om det ändå inte går att skriva under.
fetch-on-card = Certifikat på kortet
system-registers = Kortet används för att logga in, med legitimeringskoden (PIN1).
system-level = Kräver den högre tillitsnivån för att logga in. Om man skriver under där, och hur, vet vi inte.
system-rehab = För läkare. Kräver kort och ett medarbetaruppdrag för vård och behandling.
system-takecare = Inloggning med legitimeringskoden (PIN1). Om man skriver under där, och hur, vet vi inte.
system-webcert = Med Siths e-id skriver du under med legitimeringskoden (PIN1) och behöver inget mer. Med äldre kortprogram skriver du under med underskriftskoden (PIN2) och behöver certifikatet.
need-by-program = Beror på kortprogrammet
need-log-in-only = Behövs inte för inloggning
need-ask = Fråga din arbetsplats

## Byt pin-kod
change-title = Byt pin-kod
change-lead = Du byter koden själv i kortprogrammet. Du behöver den kod du har nu.
change-how = Så gör du
change-insert = Sätt kort { $number } i läsaren.
change-command = Skriv kommandot i ett terminalfönster, eller välj Byt pin-kod i kortprogrammets meny:
change-type = Skriv koden du har, och sedan den nya två gånger. Den ska ha { $least } till { $most } siffror.
change-weak = Födelsedatum, siffror i följd och upprepningar går inte att välja.
change-which = Vilken kod?
change-pin1 = Legitimeringskod (PIN1), som du loggar in med
change-pin2 = Underskriftskod (PIN2), som du skriver under med
change-forgotten = Har du glömt koden?
change-forgotten-means = Då kan den inte bytas. Lås upp kortet med puk-koden och välj en ny.
change-known = Kan någon annan din kod?
change-known-means = Då räcker det inte att byta den. Anmäl det, så spärras kortet.

## Ta bort från kortet
remove-title = Ta bort certifikatet för underskrift
remove-link = Ta bort certifikatet för underskrift från kortet
remove-warning = Du kan inte skriva under med det här certifikatet längre
remove-warning-means = Certifikatet tas bort från kortet. Det går inte att ångra.
remove-stays = Certifikatet spärras inte. Det räknas som giltigt tills kortet går ut, eller tills du spärrar det.
remove-others = Du kan logga in som förut. Kortet och de andra certifikaten rörs inte.
remove-no-way-back = Det går inte att lägga tillbaka. Behöver du skriva under igen hämtar du ett nytt.
remove-yes = Ta bort det från kortet

## Hur man skriver under
sign-how = Hur vill du skriva under?
sign-this-device = SITHS eID på denna enhet
sign-this-device-means = Kortet ska sitta i en läsare på den här datorn, och du behöver din legitimeringskod (PIN1).
sign-other-device = SITHS eID på annan enhet
sign-other-device-why = Kortet läses i en läsare på en viss dator, och kortprogrammet måste köras där. Öppna den här sidan på den datorn i stället.
sign-log-in = Logga in igen
sign-log-in-means = Du kommer till din e-legitimation, väljer Skriv under och kommer sedan tillbaka hit.
sign-choose = Välj hur du vill skriva under.
sign-button = Skriv under

## Servicedesk
sd-test = Senaste testet av kortet
sd-test-never = Kortet har inte testats. Be innehavaren välja Testa kortet i Mina sidor.
sd-test-cause = { $code }: { $says } ({ $when })
sd-test-well = Kortprogrammet hittade inget fel ({ $when }).
sd-test-who = Innehavaren testar

## Id-administration
code-by-card = Låt innehavaren välja kod i kortprogrammet
code-by-card-means = Kortet visar självt att koden är vald, och du följer det här. Går det inte: bekräfta själv.
unlock-by-card = Signera och låt innehavaren välja kod i kortprogrammet
unlock-by-card-means = Bocka inte för ovan. Du skriver under kontrollen först, sedan väljer innehavaren koden i kortprogrammet. När kortet självt har visat den nya koden är det upplåst.
unlock-sign-by-card = Innehavaren väljer själv en ny pin-kod i kortprogrammet efter kontrollen, och kortet visar att det är gjort.
