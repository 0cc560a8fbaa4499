# Tider som löper: vad som händer vilken dag, och varför just den dagen.
# Regeln står i ord, sedan räkningen: från vilken dag, hur länge, sista hela dag.

clock-when = { $days ->
    [0] I dag
    [1] I morgon
   *[other] Om { $days } dagar
  }
clock-in = Om { $length }
clock-in-both = Om { $years } och { $months }
clock-years = { $years ->
    [1] ett år
    [2] två år
    [3] tre år
    [4] fyra år
    [5] fem år
   *[other] { $years } år
  }
clock-months = { $months ->
    [1] en månad
    [2] två månader
    [3] tre månader
    [4] fyra månader
    [5] fem månader
    [6] sex månader
    [7] sju månader
    [8] åtta månader
    [9] nio månader
    [10] tio månader
    [11] elva månader
   *[other] { $months } månader
  }
clock-allowed-now = Det får göras nu
clock-time-is-up = Tiden är ute
clock-ran-out-by = Tiden gick ut { $day }

## Kort med A-post som inte har kommit
clock-undelivered-title = Nytt kort får beställas från { $day }
clock-undelivered-title-holder = Har kortet inte kommit? Nytt kort får beställas från { $day }
clock-undelivered-by = Från { $day }
clock-undelivered-from = { $day } räknas från
clock-undelivered-rule = Ett kort som har skickats med A-post kan inte spåras. Det får beställas på nytt { $days } dagar efter att fotot togs för beställningen. Togs inget foto för just den här beställningen räknas dagarna från den dag då den lades.
clock-undelivered-sum = { $base } + { $days } dagar = { $day }. Från och med den dagen får ett nytt kort beställas.
clock-undelivered-stop = att kortet aktiveras eller spärras.

## Skickat kort som ska aktiveras
clock-activation-title = Kortet spärras om det inte är aktiverat { $day }
clock-activation-title-holder = Aktivera kortet senast { $day }
clock-activation-by = Senast { $day }
clock-activation-from = { $day } skickat
clock-activation-rule = Ett kort som har skickats ska aktiveras inom { $months ->
    [one] en månad
   *[other] { $months } månader
  }, räknat från den dag då det skickades.
clock-activation-sum = { $base } + { $months ->
    [one] en månad
   *[other] { $months } månader
  } = { $day }. Det är den sista hela dagen. Natten efter spärras kortet, och då behövs ett nytt.
clock-month-is-shorter = Månaden saknar dagen med det numret. Därför gäller månadens sista dag.
clock-activation-stop = att kortet aktiveras på kortkontoret.

## Kvittens som inte är underskriven
clock-receipt-title = Kortet spärras om det inte är kvitterat { $day } klockan { $time }
clock-receipt-title-holder = Skriv under senast { $day } klockan { $time }
clock-receipt-by = Senast { $day } klockan { $time }
clock-receipt-from = { $day } pin-koden valdes
clock-receipt-rule = Den som har valt pin-kod ska skriva under kvittensen inom { $days } dygn. Dygnen räknas på klockan, { $days } × 24 timmar, även över helger.
clock-receipt-sum = Pin-koden valdes { $chosen }. { $days } dygn senare är det { $ends }. Den sista hela dagen är { $day }. Utan underskrift spärras kortet, och då behövs ett nytt.
clock-receipt-stop = att kvittensen skrivs under.

## Kortets giltighetstid
clock-expiry-title = Kortet går ut { $day }
clock-expiry-title-holder = Kortet gäller till och med { $day }
clock-expiry-by = Till och med { $day }
clock-expiry-from = { $day } aktiverat
clock-expiry-rule = Tillverkaren bestämmer kortets sista dag när kortet görs. Den flyttas inte av när kortet aktiveras.
clock-expiry-sum = Kortet aktiverades { $base } och gäller i { $days } dagar från dess. Den sista hela dagen är { $day }. Natten efter slutar det fungera.

## När tiden har gått ut och nattkörningen inte har varit där än
clock-activation-over = Kortet skulle ha spärrats { $day }, eftersom det inte är aktiverat. Nattkörningen gör det.
clock-activation-over-holder = Tiden att aktivera kortet gick ut { $day }. Kortet spärras i natt.
clock-receipt-over = Kortet skulle ha spärrats { $day } klockan { $time }, eftersom det inte är kvitterat. Nattkörningen gör det.
clock-receipt-over-holder = Tiden att skriva under gick ut { $day }. Kortet spärras i natt.
clock-activation-held = Kortet skulle ha spärrats { $day }, eftersom det inte är aktiverat. Ett säkerhetsstopp håller tillbaka nattkörningen. När en ansvarig eller biträdande utgivare har släppt stoppet spärras kortet, och då kan ett nytt beställas.
clock-activation-held-holder = Tiden att aktivera kortet gick ut { $day }. Kortet väntar på att spärras. Behöver du ett nytt: ring kortkontoret.
clock-receipt-held = Kortet skulle ha spärrats { $day } klockan { $time }, eftersom det inte är kvitterat. Ett säkerhetsstopp håller tillbaka nattkörningen. När en ansvarig eller biträdande utgivare har släppt stoppet spärras kortet, och då kan ett nytt beställas.
clock-receipt-held-holder = Tiden att skriva under gick ut { $day }. Kortet väntar på att spärras. Behöver du ett nytt: ring kortkontoret.
clock-expiry-over = Kortet gick ut { $day }. Nattkörningen avslutar det.
clock-expiry-over-holder = Kortet gällde till och med { $day }

## Den som har anmält en förlust utan att kunna visa vem hen är
clock-callback-title = Ring upp den som anmälde senast { $when }
clock-callback-title-holder = Vi ringer upp för att kontrollera anmälan
clock-callback-over = Den som anmälde skulle ha ringts upp { $when }. Ring nu.
clock-callback-by = Senast { $when }
clock-callback-from = { $day } anmält
clock-callback-rule = Den som anmäler och inte kan visa vem hen är rings upp på det telefonnummer som finns i katalogen.
clock-callback-sum = Anmälan kom { $day }. Uppringningen ska göras senast { $when }.
clock-callback-stop = att uppringningen är gjord eller att ärendet är klart.
