# Sidorna för foto: ta, jämföra, visa, och när något på kortet är fel.

## Fotot
face = Foto
face-of = Foto på { $name }
photo-of = Foto på { $name }, taget { $day }
photo-taken-at = Taget { $day } på { $office }
photo-brought-to = Inlämnat som fil { $day } på { $office }

## Ta foto
photo-title = Foto till kort åt { $name }
photo-lead = Innehavaren ska vara här och visa sin id-handling. Du jämför fotot med personen på nästa sida.
photo-of-whom = Vem är det?
photo-stored = Använd det sparade fotot
photo-stored-office = Kortet aktiveras då på { $office }, där fotot togs.
photo-stored-until = Får användas till och med { $day }.
photo-stored-compare = Har utseendet ändrats tydligt: ta ett nytt.
photo-use-stored = Använd fotot från { $day }
photo-new = Ta ett nytt foto
photo-source = Hur kom fotot till?
photo-source-desk = Taget här, nu
photo-source-desk-means = Med kameran på den här sidan eller med kontorets kamera. Kortet aktiveras på ditt kontor.
photo-source-upload = Personen har det med sig som fil
photo-source-upload-means = Ingen vet vilken dag det togs. Kortet aktiveras på { $office }, som beställningen säger.
choose-photo-source = Välj hur fotot kom till.
photo-file = Fotot
photo-choose-again = Välj eller ta fotot igen. Webbläsaren sparar det inte när sidan visas på nytt.
photo-go-on = Gå vidare och jämför
photo-later = Ta fotot senare
photo-undecided = Ett foto är redan taget
photo-undecided-means = Det väntar på att du jämför det med personen. Tar du ett nytt gäller det du godkänner.
photo-decide-now = Jämför och godkänn

## Jämföra
photo-compare-title = Jämför fotot med personen framför dig
photo-compare-how = Titta på avståndet mellan ögonen, på öronen och på munnen. Läs namnet och numret från id-handlingen, inte från skärmen.
photo-identity-question = Vem är det?
photo-identity-seen = Personen har visat en giltig id-handling med det här namnet och numret
photo-tick-identity = Bocka för när du har sett en giltig id-handling. Finns ingen: ta om fotot en annan dag.
photo-same-question = Är det samma person?
photo-same-person = Fotot visar personen framför mig
photo-tick-same = Bocka för att fotot visar personen framför dig, eller ta om det.
photo-approve = Godkänn fotot
photo-not-good = Duger fotot inte?
photo-fault-question = Varför?
choose-photo-fault = Välj varför
photo-again = Ta om fotot
photo-is-approved = Fotot är godkänt
photo-is-rejected = Fotot godkändes inte
photo-nothing-left = Du behöver inte göra mer
photo-approved-means = Beställningen har gått vidare till tillverkaren av sig själv. Innehavaren får veta när kortet är skickat. Det aktiveras på { $office }.
photo-approved-waits = Beställningen går vidare av sig själv när inget annat saknas.
photo-approved-order-over = Beställningen är avslutad och går inte vidare. Fotot är sparat och kan användas i nästa.

## Aktivering
compare-the-photo = Jämför fotot med personen framför dig, med kortet och med id-handlingen. Be om att mössa och solglasögon tas av.
sign-check-photo = Personen, fotot på kortet och handlingen visar samma ansikte.
sign-check-exception = Kortet hör till { $office }, som är stängt. Jag aktiverar det här eftersom: { $reason }
office-is-closed = { $office } är stängt
office-closed-until = Kortet skulle aktiveras på { $office }, som är stängt från { $from } och öppnar igen { $opens }.
office-closed-succeeded = Kortet skulle aktiveras på { $office }, som stängde för gott { $from }. { $successor } har tagit över.
office-closed-for-good = Kortet skulle aktiveras på { $office }, som stängde för gott { $from }. Inget kontor har tagit över.
exception-means = Du kan aktivera kortet här som ett undantag. Jämför fotot noga: du har inte sett personen förut.
exception-reason = Varför aktiveras kortet här?
exception-reason-hint = Minst tio tecken. Skälet blir en del av det du skriver under.

## Fel på kortet
misprint-photo = Fel foto är tryckt på kortet
misprint-name = Fel namn eller nummer är tryckt på kortet
misprint-not-for-persons = Är det fel person framför dig? Spärra inte. Välj Jag är osäker, stoppa.
misprint-card = Kort { $number } till { $name } spärras. Det går inte att ångra.
misprint-final = Kortet spärras för alltid, och innehavaren får ett mejl om det.
misprint-cut = Behåll kortet och klipp det genom chippet. Det får inte lämna kontoret helt.
misprint-anew = Ett nytt kort kan beställas genast, utan väntan och utan kostnad för arbetsplatsen.
misprint-photo-means = Fotot används inte mer, och du får se vilka beställningar som kan ha blandats ihop med den här.
misprint-name-means = Ett fel nummer gör alla certifikat på kortet fel. Det som var fel måste rättas innan nästa kort beställs.
wrong-in-question = Var var det fel?
wrong-in-hint = Jämför kortet med beställningen, med folkbokföringen och med katalogen.
wrong-in-register = fel i folkbokföringen
wrong-in-directory = fel i HSA
wrong-in-order = fel i beställningen
wrong-in-print = fel hos tillverkaren
wrong-in-register-answer = Folkbokföringen
wrong-in-directory-answer = HSA
wrong-in-order-answer = Vår beställning
wrong-in-print-answer = Tillverkaren
wrong-in-register-means = Innehavaren rättar det hos Skatteverket.
wrong-in-directory-means = Arbetsplatsens HSA-ansvariga rättar det.
wrong-in-order-means = Namnet klipptes fel, eller fel person valdes.
wrong-in-print-means = Kortet säger annat än beställningen.
choose-wrong-in = Välj var det var fel.
misprint-revoke = Ja, spärra kortet för alltid
misprint-keep = Tillbaka, spärra inte
misprint-done = Kortet är spärrat. Behåll och klipp det
misprint-left = Kvar att göra
misprint-is-cut = Kortet är klippt
misprint-task-cut = Behåll kortet och klipp det
misprint-task-cut-means = Genom chippet, medan innehavaren ser på.
misprint-task-anew = Beställ ett nytt kort nu
misprint-task-anew-means = Ingen väntan: de 30 dagarna gäller kort som inte kom fram. Ta ett nytt foto om fotot var fel.
misprint-task-incident = Anmäl personuppgiftsincidenten
misprint-incident-photo = Någons foto har hamnat på en annan persons kort. Ring dataskyddsombudet i dag: en incident ska anmälas inom 72 timmar.
misprint-incident-name = Någons namn eller nummer kan ha hamnat på en annan persons kort. Är det så: ring dataskyddsombudet i dag, en incident ska anmälas inom 72 timmar.
neighbours-title = Kontrollera grannarna
neighbours-lead = Foton som godkändes på { $office } inom en timme före eller efter det här. Har två blandats ihop är ett kort till fel.
neighbours-none = Inget annat foto godkändes på samma kontor inom en timme före eller efter det här, och fotot är inte använt i någon annan beställning.
neighbours-others = { $count ->
    [one] En beställning till hör till en organisation som du inte arbetar för, eller gäller skyddade uppgifter. Be ansvarig utgivare kontrollera den.
   *[other] { $count } beställningar till hör till organisationer som du inte arbetar för, eller gäller skyddade uppgifter. Be ansvarig utgivare kontrollera dem.
  }
neighbour-is = { $name }, godkänt { $at }
neighbour-same-photo = samma foto

## Beställa
valid-at-most-with-photo = Med foto, som tas på kortkontoret. Gäller högst { $months } månader.
valid-at-most-sis = Med foto, och gäller också som id-kort. Gäller högst { $months } månader.

## Mina sidor
ms-photo-by = Kortet väntar på ditt foto
ms-photo-title = Ta foto till ditt nya kort
ms-photo-drop-in = Kortet från { $organisation } görs när fotot är taget. Kom till { $office }, { $address }, med en giltig fysisk id-handling. Du behöver inte boka tid. { $hours }
ms-photo-text = Kortet från { $organisation } görs när fotot är taget. Kom till { $office }, { $address }, med en giltig fysisk id-handling. { $hours }
ms-photo-button = Öppettider och telefon
