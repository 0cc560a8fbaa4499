# Katalogen: filer som läses in, vad de gjorde och vad de lämnar åt människor.

nav-directory = Katalogen
dir-title = Katalogen
dir-lead = Organisationer, enheter, personer och uppdrag kommer från katalogen som filer. Här ser du de senaste inläsningarna, det som väntar på ett beslut, och kan läsa in en fil själv.

## Uppladdning
dir-upload = Läs in en fil
dir-upload-lead = Filen ska vara LDIF i UTF-8. Först visas vad inläsningen skulle göra; ingenting ändras förrän du har sett det.
dir-file = Fil
dir-file-hint = Högst { $most } MiB.
dir-content = Vad filen innehåller
dir-content-full = Allt om sina organisationer: den som saknas i filen avslutas
dir-content-delta = Bara ändringar: ingen avslutas för att den saknas i filen
dir-look = Visa vad filen skulle göra
dir-file-missing = Välj en fil.
dir-file-too-large = Filen är för stor. Högst { $most } MiB tas emot; större filer läses in på servern med kortkontor import directory.
dir-file-charset = Filen är inte UTF-8: rad { $line } innehåller något annat. Spara om den som UTF-8. Ingenting har lästs in.
dir-file-version = Rad { $line }: bara LDIF version 1 kan läsas. Ingenting har lästs in.
dir-file-nul = Rad { $line } innehåller ett NUL-tecken, som ingen text får ha. Ingenting har lästs in.
dir-file-line-ends = Raderna slutar med bara vagnretur (CR). Spara om filen med LF eller CR LF som radslut. Ingenting har lästs in.
dir-file-no-entries = Filen innehåller inga poster: ingen rad börjar med dn:. Är det rätt fil? Ingenting har lästs in.
dir-file-unusable = Fler än 100 000 poster i filen kan inte användas eller saknar plats. Är det rätt fil? Ingenting har lästs in.
dir-file-unreadable = Filen kunde inte läsas. Försök igen. Ingenting har lästs in.

## Förhandsvisning
dir-preview-title = Vad { $file } skulle göra
dir-preview-lead = Ingenting har ändrats än. Filen ligger krypterad här i en timme och kastas sedan.
dir-preview-delta = Filen läses som ändringar: ingen avslutas för att den saknas i filen.
dir-preview-full = Filen läses som hel för de organisationer den innehåller: den som saknas i den avslutas. Andra organisationer berörs inte.
dir-run = Läs in filen
dir-not-now = Läs inte in den
dir-done-already = Filen är inläst
dir-done-text = Den lästes in och ingenting mer behöver göras.
dir-to-import = Visa inläsningen

## Rapport
dir-accepted = Godtagna poster i filen
dir-organisations = Organisationer
dir-units = Enheter
dir-persons = Personer
dir-hsa-ids = HSA-id
dir-assignments = Uppdrag
dir-changed = Ändringar
dir-ended = Avslutade personer
dir-ending = Personer som avslutas
dir-came-in = Poster som hade väntat och nu kom in
dir-proposed = Poster med ett nummer som två personer behöver besluta om
dir-flaws = Saknas i katalogen
dir-flaws-in-file = Saknas i de godtagna posterna
dir-flaws-lead = Inget fel, men bör kompletteras i katalogen.
dir-without-number = Organisationer utan organisationsnummer
dir-without-mail = Enheter utan e-postadress
dir-without-code = Enheter utan arbetsplatskod
dir-same-number = Organisationer med samma organisationsnummer som en annan
dir-waiting-all = Poster som väntar på sin enhet eller organisation
dir-unknown = Attribut som inte används
dir-unknown-list = { $count } olika: { $names }
dir-rejected = Poster som inte kan användas
dir-rejected-count = { $count ->
    [one] En post som inte kan användas
   *[other] { $count } poster som inte kan användas
  }
dir-rejected-first = De första { $shown } av { $count } poster som inte kan användas
dir-rejected-none = Alla poster kunde användas
dir-rejected-none-means = Ingen post i filen avvisades.
dir-line = Rad
dir-dn = Post
dir-attribute = Attribut
dir-reason = Varför
dir-waiting = Poster som väntar
dir-waiting-count = { $count ->
    [one] En post som väntar på sin enhet eller organisation
   *[other] { $count } poster som väntar på sin enhet eller organisation
  }
dir-waiting-first = De första { $shown } av { $count } poster som väntar
dir-waiting-means = Det som posten ligger under är inte känt. Läs in filen igen när det finns.
dir-leaving = Personer som inte finns i filen
dir-leaving-means = De har en anställning i en organisation som filen innehåller, men står inte i filen. De avslutas, men tas aldrig bort.
dir-leaving-held = De har en anställning i en organisation som filen innehåller, men står inte i filen. Ingen av dem avslutas nu: säkerhetsstoppet håller dem tills en andra person har släppt det.
dir-leaving-some-held = De har en anställning i en organisation som filen innehåller, men står inte i filen. De avslutas, utom i de organisationer som säkerhetsstoppet gäller: där avslutas ingen förrän en andra person har släppt det.
dir-leaving-first = De första
dir-leaving-hidden = och { $count } med skyddade uppgifter
dir-stop-would = Säkerhetsstopp: { $organisation }
dir-stop-would-text = { $count } av { $live } personer saknas i filen. Ingen av dem avslutas förrän en andra person har tittat och släppt det. Resten läses in.
dir-stop-too-many = Det saknas fler i filen än väntat.
dir-stop-unreadable-entry = En post i filen gick inte att läsa så långt att det syns vem den gäller. Den kan gälla vem som helst av dem som saknas.
dir-stop-end-lost = Filen verkar vara avklippt: den slutar mitt i en rad eller i en post som inte är hel. De som saknas kan ha stått i resten.
dir-hsa-id = HSA-id

## Stopp
dir-stops = Säkerhetsstopp
dir-stop-of = { $organisation }: { $count ->
    [one] en person
   *[other] { $count } personer
  }
dir-stop-text = Ingen av dem som saknas i filen har avslutats. Ingen avslutas förrän en ansvarig eller biträdande utgivare har tittat och släppt det.
dir-stop-of-live = { $count } av { $live } personer med anställning i organisationen saknas i filen.
dir-stop-stopped = Stannade { $when }
dir-stop-released = Släppt { $when } av { $who }. Anställningarna är avslutade.
dir-stop-replaced = Stoppet gäller inte längre
dir-stop-replaced-at = En nyare fil lästes in { $when }. Ingen avslutades av det här stoppet.
dir-stop-own = Du läste in filen. Någon annan behöver titta och släppa.
dir-release = Titta och släpp
dir-release-title = Avsluta { $count ->
    [one] en person
   *[other] { $count } personer
  } i { $organisation }?
dir-release-means = Anställningarna får { $day } som sista dag. Personerna tas inte bort, och kommer en ny fil med dem börjar de igen.
dir-release-cards = Inget kort spärras nu. Vad som händer med korten följer av att anställningen är slut.
dir-release-reason = Varför är det rätt?
dir-release-reason-hint = Till exempel: Sommarvikarierna slutade 31 augusti.
dir-release-reason-missing = Skriv varför det är rätt att de avslutas.
dir-release-yes = Avsluta dem
dir-release-no = Gå tillbaka utan att avsluta någon

## Frågor om nummer
dir-questions = Nummer att besluta om
dir-questions-means = Katalogen har skickat ett nummer som inte passar den person det verkar gälla. Två utgivare bestämmer tillsammans.
dir-question-number-replaced = Samordningsnummer och personnummer, samma namn och födelsedatum
dir-question-joined = Ett nytt HSA-id: samordningsnummer och personnummer, samma namn och födelsedatum
dir-question-number-differs = Känt HSA-id med ett annat nummer
dir-question-title = Är det samma person?
dir-question-known = Känd här
dir-question-entry = I katalogen
dir-question-hsa = HSA-id i katalogen
dir-question-organisation = Organisation
dir-question-since = Senast i en fil
dir-question-first = { $who } har sagt ja. En andra utgivare behöver säga ja.
dir-question-own = Du har sagt ja. En andra utgivare behöver säga ja.
dir-question-taken = Numret i katalogen är en annan persons här
dir-question-taken-text = Två personer som båda finns här kan inte slås ihop på den här sidan. Säg nej, och låt katalogen rättas.
dir-question-yes-means = Ja: personen behåller kort, beställningar och historik. Det gamla numret hittar fortfarande personen. Det krävs två utgivare.
dir-question-no-means = Nej: frågan ställs inte igen, och personen behåller sitt nummer. Gäller posten ett nytt HSA-id blir den en egen person.
dir-question-yes = Ja, samma person
dir-question-no = Nej
dir-question-decide = Titta och besluta
dir-question-send = Spara svaret
dir-question-unanswered = Välj ja eller nej.
dir-somebody = en utgivare

## Inläsningar
dir-imports = De senaste inläsningarna
dir-imports-none = Ingen fil har lästs in
dir-imports-none-means = När en fil har lästs in står den här.
dir-when = När
dir-by = Vem
dir-on-server = På servern
dir-kind = Sort
dir-kind-delta = Ändringar
dir-kind-full = Hel
dir-rejected-short = Avvisade
dir-waiting-short = Väntar
dir-import-title = Inläsningen av { $file }
dir-import-lead = { $when } · { $who } · { $kind }
dir-back = Till katalogen

## Varför en post inte kan användas
dir-why-change-record = Posten är en ändring (changetype). Skicka hela posten i stället.
dir-why-malformed-line = En rad är inte ett attribut med ett värde.
dir-why-missing-dn = Posten börjar inte med dn.
dir-why-malformed-dn = Postens dn går inte att läsa.
dir-why-malformed-base64 = Värdet är inte giltig base64.
dir-why-not-text = Värdet är inte text i UTF-8.
dir-why-value-by-reference = Värdet hänvisar till en annan fil.
dir-why-entry-too-large = Posten är för stor.
dir-why-unknown-object-class = Posten har ingen objektklass som används här.
dir-why-missing-attribute = Ett obligatoriskt attribut saknas eller är tomt.
dir-why-several-values = Attributet har flera olika värden.
dir-why-malformed-hsa-id = HSA-id:t är inte rätt skrivet.
dir-why-malformed-organisation-number = Organisationsnumret är fel.
dir-why-malformed-person-number = Numret är varken person-, samordnings-, reserv- eller passnummer.
dir-why-no-such-date = Datumet i numret finns inte.
dir-why-wrong-check-digit = Kontrollsiffran i numret är fel.
dir-why-born-in-future = Födelsedatumet i numret har inte varit än.
dir-why-malformed-name = Namnet innehåller tecken som inget namn har.
dir-why-name-too-long = Namnet är längre än 100 tecken.
dir-why-malformed-date = Tiden är varken generalized time eller ett datum.
dir-why-malformed-flag = Värdet är varken TRUE eller FALSE.
dir-why-malformed-member = En medlem är inte skriven som HSA-id;start;slut.
dir-why-duplicate-hsa-id = HSA-id:t står tidigare i samma fil.
dir-why-number-differs = HSA-id:t tillhör någon med ett annat nummer.
dir-why-cycle = Enheten ligger under sig själv.
dir-why-ends-before-start = Anställningens sista dag ligger före den första.
dir-why-duplicate-dn = Samma dn står tidigare i filen.
dir-why-belongs-elsewhere = HSA-id:t hör till en annan organisation, som inte har lämnat det ifrån sig.
dir-why-not-yours = Organisationen hör inte till dina.

## Vem som ändras, och vad som har svarats
dir-content-missing = Välj vad filen innehåller.
dir-people-changed = Personer som är nya eller ändras
dir-changing-who = Personer som är nya eller ändras
dir-changing = Vad som ändras för dem
dir-changing-first = De första { $shown } av { $count }
dir-what-changes = Vad som ändras
dir-changes-new = Ny person
dir-changes-name = Nytt namn, förut { $before }
dir-changes-name-only = Nytt namn
dir-changes-other = Andra uppgifter än namnet
dir-asked-means = Filen innehöll nummer som inte passar den person de verkar gälla. Två utgivare bestämmer tillsammans.
dir-asked-waits = väntar på svar
dir-asked-yes = besvarad med ja
dir-asked-no = besvarad med nej
dir-answered-yes = Frågan är besvarad: ja, av { $first } och { $second } { $when }.
dir-answered-no = Frågan är besvarad: nej, av { $who } { $when }.
dir-why-shared-person = Personen hör också till en annan utgivare. En sådan post läses in på servern.

## Kort med gammalt namn eller nummer
outdated-name = Ett kort kan ha det gamla namnet
outdated-number = Ett kort kan ha det gamla numret
outdated-both = Ett kort kan ha det gamla namnet och numret
outdated-text = Skickades till tillverkaren innan katalogen ändrade uppgiften: { $cards }. Titta på kortet innan det aktiveras eller används. Stämmer det inte: beställ ett nytt kort.
outdated-card = kort { $number }
outdated-order = beställning { $number }
