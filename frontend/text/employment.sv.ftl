## What the directory says of somebody's work
directory = Uppgifter i katalogen
directory-lead = Så står det i HSA-katalogen. Vårdens system läser uppgifterna där, inte på kortet.
directory-no-unit = Direkt under organisationen
directory-hsa-id = HSA-id
directory-position = Befattning
directory-position-code = Befattningskod
directory-licence = Legitimerad yrkesgrupp
directory-speciality = Specialitet
directory-prescriber-code = Förskrivarkod
directory-group-prescriber-code = Gruppförskrivarkod
directory-employed = Anställning
directory-always = Tills vidare
directory-from = Från och med { $first }
directory-until = Till och med { $last }
directory-between = { $first } till { $last }
directory-assignments = Medarbetaruppdrag
directory-no-assignments = Inga medarbetaruppdrag.
directory-purpose = Ändamål
directory-no-purpose = Inget ändamål
directory-rights = Rättigheter
directory-valid = Gäller
directory-is-over = Gick ut { $day }.
directory-is-ahead = Börjar gälla { $day }.
directory-waits = Väntar. Katalogen har inte knutit HSA-id:t till uppdraget än.
directory-others-wait = { $count ->
    [one] En till i uppdraget väntar, för HSA-id:t finns inte i katalogen än.
   *[other] { $count } till i uppdraget väntar, för deras HSA-id finns inte i katalogen än.
  }
directory-lacks = { $what } saknas
directory-lacks-means = Webcert läser den för läkare och tandläkare.
directory-no-care = Inget uppdrag för Vård och behandling gäller i dag
directory-no-care-means = Utan ett sådant uppdrag släpper Webcert inte in innehavaren, hur kortet än är.
directory-care-elsewhere = Inget uppdrag för Vård och behandling på { $unit }
directory-care-elsewhere-means = Det som gäller finns på andra enheter. Webcert öppnas bara för dem.
directory-unit-lacks-mail = { $unit } saknar e-postadress
directory-unit-lacks-code = { $unit } saknar arbetsplatskod
directory-unit-lacks-means = Webcert behöver den för intyg från enheten.
directory-mended-by = Katalogadministratören på { $organisation } rättar det här i katalogen. Kortkontoret kan inte göra det, och kortet behöver inte bytas.
ms-directory-link = Dina uppgifter i katalogen
ms-directory-title = Dina uppgifter i katalogen
ms-directory-lead = Så står du i HSA-katalogen. Vårdens system läser det här när du loggar in med kortet.
ms-directory-none = Du står inte i katalogen
ms-directory-none-means = Ingen arbetsgivare som vi känner till har dig i sin katalog i dag. Fråga din chef.
ms-directory-lacks-means = Webcert behöver den när du skriver intyg.
ms-directory-no-care-means = Utan ett sådant uppdrag släpper Webcert inte in dig.
ms-directory-care-elsewhere-means = Dina uppdrag finns på andra enheter. Webcert öppnas bara för dem.
ms-directory-mended-by = Be katalogadministratören på { $organisation } rätta det, eller fråga din chef vem det är. Kortet är det inget fel på, och kortkontoret kan inte ändra i katalogen.
