# Allt som kortklient säger, på svenska. Samma nycklar som i en.ftl.

## Koderna
name-pin1 = Legitimeringskod (PIN1)
name-pin2 = Underskriftskod (PIN2)
name-puk = Upplåsningskod (PUK)
tries-left =
    { $left ->
        [one] { $left } försök kvar
       *[other] { $left } försök kvar
    }

## Kortet
this-card = Kortet: { $label }, kortnumret slutar på { $digits }, i läsaren { $reader }.
choose-several = Det sitter flera kort i läsarna.
choose-line = { $number }. { $label }, kortnumret slutar på { $digits }, i läsaren { $reader }
choose-question = Vilket kort? Skriv numret och tryck Enter:

## Läget
status-reader = Läsare: { $reader }
status-empty = { "  " }Inget kort.
status-mute = { "  " }Något sitter i läsaren men svarar inte.
status-unknown = { "  " }Ett kort som inte är ett e-tjänstekort, eller som datorns kortprogram inte känner igen.
status-card = { "  " }Kort: { $label }, kortnumret slutar på { $digits }
status-code = { "  " }{ $name }: { $state }
state-not-set = inte vald än
state-working = fungerar
state-left = fungerar, { $tries }
state-locked = låst (inte spärrad). Lås upp med kommandot las-upp.
state-untold = kortet visar inte läget
usage-authentication = Legitimera
usage-signature = Skriv under
identity-work = tjänstelegitimation
identity-personal = personlig e-legitimation
identity-other = e-legitimation
certificate-valid = { "  " }{ $name }: { $identity }, gäller till och med { $day }
certificate-expired = { "  " }{ $name }: { $identity }, gick ut { $day }
certificate-early = { "  " }{ $name }: { $identity }, gäller inte än (till och med { $day })
certificate-none = { "  " }{ $name }: finns inte på kortet

## Orsaker och nästa steg
cause = Orsak: { $text }
step = Gör så här: { $text }
desk-code = Kod till servicedesken: { $code }
cause-k101 = Datorns tjänst för smarta kort är inte igång.
step-k101 = Starta om datorn. Hjälper det inte: be servicedesken starta tjänsten för smarta kort (på Linux pcscd).
cause-k102 = Ingen kortläsare är ansluten.
step-k102 = Anslut kortläsaren. Är den ansluten: dra ur den och sätt i den igen, gärna i ett annat uttag.
cause-k103 = Ingen kortläsare heter så.
step-k103 = Kör kommandot lage för att se vad läsarna heter.
cause-k104 = Datorns program för kort (en PKCS#11-modul) saknas eller går inte att läsa in.
step-k104 = Installera kortprogrammet, till exempel OpenSC eller Net iD, eller ange det med --module.
cause-k105 = Datorns kortprogram kunde inte göra det som behövdes.
step-k105 = Ta ut kortet, sätt i det igen och försök på nytt.
cause-k201 = Det sitter inget kort i läsaren.
step-k201 = Sätt i kortet med chippet uppåt och inåt.
cause-k202 = Kortet svarar inte.
step-k202 = Ta ut kortet, torka av chippet, vänd det rätt och sätt i det igen. Svarar det inte i någon läsare är det trasigt.
cause-k203 = Kortet är inget e-tjänstekort, eller datorns kortprogram känner inte igen det.
step-k203 = Kontrollera att du har satt i rätt kort. Är det rätt: be servicedesken uppdatera kortprogrammet.
cause-k204 = Det sitter flera kort i läsarna, och inget av dem är valt.
step-k204 = Ta ut alla kort utom ditt, eller välj läsare med --reader.
cause-k205 = Fel kort är valt. Ett annat kort i datorn fungerar.
step-k205 = Välj det andra kortet, eller ta ut det som inte är ditt.
cause-k206 = Kortet togs ut ur läsaren.
step-k206 = Sätt i kortet och låt det sitta kvar tills programmet är klart.
cause-k207 = Ett annat kort än det valda sitter i läsaren. Inget är gjort med det.
step-k207 = Sätt i rätt kort och börja om.
cause-k208 = Programmet kan inte göra detta med den här sortens kort.
step-k208 = Använd kortets eget program, eller kontakta servicedesken.
cause-k209 = Kortets minne är fullt. Det som hann skrivas är borttaget igen.
step-k209 = Ta bort ett certifikat som du inte behöver, eller kontakta servicedesken.
cause-k301 = Legitimeringskoden är inte vald än.
step-k301 = Koden väljs när kortet aktiveras på kortkontoret.
cause-k302 = Legitimeringskoden är låst. Kortet är inte spärrat.
step-k302 = Lås upp med puk-koden: kommandot las-upp.
cause-k303 = Underskriftskoden är låst. Kortet är inte spärrat.
step-k303 = Lås upp med puk-koden: kommandot las-upp.
cause-k304 = Puk-koden är låst.
step-k304 = Kortet fungerar så länge pin-koderna gör det. Behöver det låsas upp: boka ett besök på kortkontoret.
cause-k305 = Puk-koden är låst.
step-k305 = Kortet fungerar så länge pin-koderna gör det. Låses en av dem måste kortet bytas.
cause-k306 = Koden är fel.
step-k306 = Kontrollera att du skriver rätt kod för rätt kort.
cause-k307 = Underskriftskoden är inte vald än.
step-k307 = Koden väljs när kortet aktiveras på kortkontoret.
cause-k308 = Kortet tog inte emot kortkontorets svar.
step-k308 = Säg till kortkontoret. Kortet kan behöva bytas.
cause-k309 = Legitimeringskoden (PIN1) har ett försök kvar.
step-k309 = Skriv rätt kod nästa gång, så är alla försök tillbaka. Ett fel till låser den. Är du osäker: välj en ny med puk-koden, kommandot las-upp.
cause-k310 = Underskriftskoden (PIN2) har ett försök kvar.
step-k310 = Skriv rätt kod nästa gång du skriver under, så är alla försök tillbaka. Ett fel till låser den. Är du osäker: välj en ny med puk-koden, kommandot las-upp.
cause-k401 = Det finns inget certifikat för att legitimera sig på kortet.
step-k401 = Kontakta servicedesken. Kortet kan inte användas för inloggning.
cause-k402 = Det finns inget certifikat för att skriva under på kortet.
step-k402 = Det behövs bara om ditt system kräver det: Hämta underskriftscertifikat i Mina sidor.
cause-k403 = Certifikatet för att legitimera sig har gått ut.
step-k403 = Du behöver ett nytt kort. Kontakta din chef.
cause-k404 = Certifikatet för att skriva under har gått ut.
step-k404 = Hämta underskriftscertifikat i Mina sidor. Har kortet gått ut behöver du ett nytt.
cause-k405 = Certifikatet gäller inte än.
step-k405 = Kontrollera att datorns klocka går rätt.
cause-k501 = Certifikatet har ingen nyckel på kortet.
step-k501 = Kontakta servicedesken. Certifikatet kan inte användas.
cause-k502 = Nyckeln på kortet hör inte till certifikatet.
step-k502 = Kontakta servicedesken. Certifikatet kan inte användas.
cause-k503 = Programmet kan inte pröva den här sortens nyckel.
step-k503 = Prova kortet genom att logga in i ett system.
cause-k601 = Datorn vet inte vilken server uppgiften ska hämtas från.
step-k601 = Öppna länken i portalen, eller ange adressen med --server.
cause-k602 = Serverns adress, rotcertifikat eller inställningsfil går inte att använda.
step-k602 = Kontrollera att adressen börjar med https:// och att filerna finns.
cause-k603 = Servern svarar inte.
step-k603 = Kontrollera nätet och försök igen om en stund. Det som är gjort på kortet är kvar.
cause-k604 = Servern kunde inte visa att den är rätt server. Inget är skickat dit.
step-k604 = Försök inte igen från det här nätet. Kontakta servicedesken.
cause-k605 = Koden är fel, redan använd eller för gammal.
step-k605 = Hämta en ny kod på sidan i portalen. Den gäller i tio minuter.
cause-k606 = För många koder har provats härifrån.
step-k606 = Vänta en minut och försök igen.
cause-k607 = Uppgiften är redan klar, avbruten eller för gammal.
step-k607 = Se på sidan i portalen hur det gick.
cause-k608 = Kortet är inte det som uppgiften gäller. Inget är gjort med det.
step-k608 = Sätt i rätt kort. Ta gärna ut de andra.
cause-k609 = Servern godtog inte kortets bevis.
step-k609 = Testa kortet. Kontakta servicedesken om felet är kvar.
cause-k610 = Certifikatet är spärrat.
step-k610 = Du behöver ett nytt kort. Kontakta din chef.
cause-k611 = Certifikatet är inte färdigt än.
step-k611 = Hämta en ny kod på sidan i portalen om en stund. Nyckeln på kortet är kvar.
cause-k612 = Certifikatet kunde inte utfärdas.
step-k612 = Kontakta servicedesken.
cause-k613 = Servern gjorde inte det som programmet bad om.
step-k613 = Försök igen. Kontakta servicedesken om felet är kvar.
cause-k614 = Uppgiften avbröts vid datorn.
step-k614 = Hämta en ny kod på sidan i portalen när du vill fortsätta.
cause-k615 = Länken leder till en annan server än datorns, eller går inte att använda.
step-k615 = Öppna uppgiften från portalen igen. Öppna inte länkar som någon har skickat.
cause-k616 = Programmet kan inte den här sortens uppgift.
step-k616 = Uppdatera kortklienten.

## Testa kortet
test-well = Kortet och certifikaten ser bra ut.
prove-authentication = Vill du prova att legitimera med kortet? Då behövs legitimeringskoden (PIN1). Skriv ja eller nej:
prove-signature = Vill du prova att skriva under? Då behövs underskriftskoden (PIN2). Du skriver bara under en provtext. Skriv ja eller nej:
prove-left-out = Provet hoppades över.
prove-done = Nyckeln fungerar. Klar att användas.

## Skriva koder
type-code = Skriv din { $name } (syns inte):
type-new = Skriv en ny { $name } (syns inte):
type-again = Skriv den nya koden en gång till:
not-a-code = En kod har { $least } till { $most } siffror. Inget är skickat till kortet.
new-code-rules = En ny kod har { $least } till { $most } siffror. Undvik födelsedatum, siffror i följd och upprepningar. Tom rad avbryter.
weak = Den koden går inte att välja: { $why } Välj en annan. Inget är skickat till kortet.
weak-not-digits = en kod har bara siffror.
weak-length = en kod har { $least } till { $most } siffror.
weak-few-digits = den har bara en eller två olika siffror.
weak-sequence = siffrorna kommer i följd.
weak-pattern = samma siffror upprepas.
weak-birth-date = den innehåller ditt födelsedatum.
weak-printed = den är en del av ett nummer som står på kortet eller i certifikatet.
weak-old = den är samma som den gamla koden.
weak-puk = den är samma som puk-koden.
not-the-same = De två koderna är inte lika. Välj på nytt.
no-terminal = Koder kan bara skrivas i ett terminalfönster, där de inte syns.
writing = Skriver till kortet. Låt det sitta kvar.
wrong-code = Fel kod: { $name }.
wrong-left = Du har { $tries }.
card-refuses-code = Kortet tar inte emot den nya koden. Välj en annan.

## Byt pin-kod
change-which = Vilken kod vill du byta?
which-line = { $number }. { $name }
which-question = Skriv numret och tryck Enter:
changed = Klart. Den nya koden gäller: { $name }.
old-is-right = Koden stämmer.
old-is-valid = Koden är inte bytt. Den gamla koden gäller.
nothing-changed = Inget är ändrat på kortet.

## Sista försöket
last-try = Det är sista försöket: { $name }.
last-pin = Blir det fel låses koden. Den kan sedan låsas upp med puk-koden.
last-pin-visit = Blir det fel låses koden. Puk-koden är redan låst, så du måste besöka kortkontoret.
last-pin-nothing = Blir det fel låses koden. Puk-koden är redan låst, så kortet kan då inte låsas upp och måste bytas.
last-puk-visit = Blir det fel låses puk-koden. Då måste du besöka kortkontoret för att få kortet upplåst.
last-puk-nothing = Blir det fel låses puk-koden för alltid. Då kan kortet inte låsas upp och måste bytas.
last-puk-untold = Blir det fel låses puk-koden. Börjar produktnumret på kortet med 7 måste du då besöka kortkontoret. Annars kan kortet inte låsas upp och måste bytas.
last-try-question = Vill du använda sista försöket? Skriv ja eller nej:

## Lås upp
locked-now = Låst: { $name }.
locked-is-not-revoked = Låst är inte spärrat. Ett låst kort går att öppna, ett spärrat går aldrig att öppna.
locked-open-with-puk = Lås upp med puk-koden: kommandot las-upp.
puk-locked-visit = Puk-koden är låst. Boka ett besök på kortkontoret, så provar vi att låsa upp kortet.
puk-locked-nothing = Puk-koden är låst. Kortet kan inte låsas upp och måste bytas. Kontakta din chef.
puk-locked-untold = Puk-koden är låst. Börjar produktnumret på kortet med 7: boka ett besök på kortkontoret. Annars kan kortet inte låsas upp och måste bytas.
unlock-which = Vilken kod vill du låsa upp?
unlock-this = Den här koden är låst och får en ny: { $name }.
unlock-not-locked = Den här koden är inte låst: { $name }.
unlock-anyway = Har du glömt den och vill välja en ny med puk-koden? Skriv ja eller nej:
unlocked = Klart. Kortet är upplåst och den nya koden gäller: { $name }.

## Kortet togs ut
uncertain = Kortet togs ut medan det skrevs. Det är inte säkert om den nya koden hann sparas.
put-back = Sätt tillbaka samma kort och tryck Enter, så tar programmet reda på det. Skriv nej för att sluta:
not-back = Samma kort sitter inte i någon läsare.
unknown-change = Det är inte känt vilken kod som gäller, men antingen den gamla eller den nya. Prova den nya först. Ett fel försök räknas.
unknown-unlock = Det är inte känt om kortet är upplåst. Kör kommandot lage: är koden inte längre låst gäller den nya koden.

## Uppgifter från portalen
task-server = Uppgiften kommer från { $host }. Den servern är inte inställd på datorn.
task-server-question = Är det rätt server? Skriv ja eller nej:
task-code-question = Skriv koden från sidan i portalen och tryck Enter:
task-register = Uppgift: Registrera kortet. Du legitimerar dig med det.
task-fetch = Uppgift: Hämta underskriftscertifikat till kortet.
task-choose = Uppgift: Välj pin-kod till kortet.
task-unlock = Uppgift: Lås upp kortet och välj ny pin-kod.
task-receipt = Uppgift: Skriv under kvittensen för kortet.
task-delete = Uppgift: Ta bort underskriftscertifikatet från kortet.
task-test = Uppgift: Testa kortet.
task-here = Det görs på denna enhet, med kortet i en läsare här. Ska det göras på annan enhet: avsluta och öppna uppgiften där.
task-card = Rätt kort: { $label }, kortnumret slutar på { $digits }, i läsaren { $reader }. Inget annat kort rörs.
task-other-card = Fel kort: { $label }, kortnumret slutar på { $digits }, i läsaren { $reader }. Det rörs inte.
task-wants-card = Uppgiften gäller kortet vars nummer slutar på { $digits }.
task-put-in = Sätt i kortet och tryck Enter. Skriv nej för att sluta:
task-interrupted = Kortet togs ut eller svarade inte. Det som är gjort är kvar, och programmet fortsätter där det slutade.
task-put-back = Sätt tillbaka samma kort och tryck Enter. Skriv nej för att sluta:
task-kept = Uppgiften är inte klar. Hämta en ny kod på sidan i portalen för att fortsätta; det som är gjort görs inte om.
task-no-contact = Servern svarar inte. Programmet försöker igen, och inget går förlorat.
task-contact-question = Servern svarar fortfarande inte. Vill du försöka igen? Skriv ja eller nej:
task-office-says = Servern säger: { $text }
task-register-done = Kortet är registrerat. Klar att användas.
task-register-before = Kortet är redan registrerat. Klar att användas.
task-choose-pin2 = Underskriftskoden (PIN2) är inte vald än. Välj den nu.
task-choose-before = Legitimeringskoden (PIN1) är redan vald.
task-choose-keep = Fortsätt med den? Svarar du nej väljer du en ny. Skriv ja eller nej:
task-choose-done = Kortet har visat att koden fungerar. Klar att användas.
receipt-text = Det här skriver du under:
receipt-end = Slut på texten.
receipt-question = Skriv under? Skriv ja eller nej:
task-receipt-done = Kvittensen är underskriven.
task-making-key = En nyckel skapas på kortet. Låt det sitta kvar.
task-waiting = Certifikatet utfärdas. Låt kortet sitta kvar.
task-written-work = Skriv under, tjänstelegitimation: certifikatet finns på kortet och nyckeln fungerar.
task-written-personal = Skriv under, personlig e-legitimation: certifikatet finns på kortet och nyckeln fungerar.
task-leftover = Rester av ett avbrutet försök är borttagna från kortet.
task-old-removed = Ett gammalt underskriftscertifikat är borttaget från kortet.
task-fetch-done = Allt är på kortet. Klar att användas.
task-delete-which = Vilket certifikat ska tas bort?
task-delete-done = Underskriftscertifikatet finns inte längre på kortet.
task-test-told = Resultatet visas på sidan i portalen.

## Menyn
menu-welcome = Kortklient. Välj med en siffra och Enter.
menu-status = Visa läget
menu-test = Testa kortet
menu-change = Byt pin-kod
menu-unlock = Lås upp kortet med puk-kod
menu-task = Hämta en uppgift
menu-language = English
menu-end = Avsluta
menu-question = Ditt val:
menu-not-understood = Skriv en siffra från menyn.

## Kommandoraden
help-about = Det du själv kan göra med ditt e-tjänstekort i en kortläsare. Utan kommando visas en meny.
help-usage = Användning
help-commands = Kommandon
help-options = Val
help-status = Visa läsare, kort, koder och certifikat
help-test = Testa kortet: visar orsaken om något är fel
help-change = Byt pin-kod
help-unlock = Lås upp kortet med puk-koden
help-pin = Vilken kod: pin1 (legitimering) eller pin2 (underskrift)
help-language = Språk: sv eller en
help-module = Kortprogrammets PKCS#11-modul (fil)
help-reader = En del av kortläsarens namn
help-codes-from-stdin = För prov: läs koder från standard in. De döljs inte
help-help = Visa den här hjälpen
wrong-usage = Kommandot gick inte att förstå. Skriv kortklient --help för hjälp.
help-fetch = Hämta en uppgift från portalen och gör den med kortet
help-code = Koden från sidan i portalen
help-server = Serverns adress, https://…
help-root = Certifikat som servern visar sig med (fil, PEM)
wrong-link = Länken gick inte att förstå. Öppna uppgiften från portalen igen, eller skriv koden: kortklient hamta KOD
