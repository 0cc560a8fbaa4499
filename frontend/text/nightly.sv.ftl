# Nattkörningen: vad som görs i natt, vad som har gjorts och vad som väntar på en andra person.

nav-night = Nattkörningen
night-title = Nattkörningen
night-lead = Strax efter midnatt görs det som de tider som har gått ut säger: kort som inte har aktiverats eller kvitterats spärras, och kort vars giltighetstid är slut avslutas. Här står vad nästa körning skulle göra. Ingenting ändras av att du tittar.
night-missing-title = Nattkörningen för { $day } har inte gått
night-missing-text = Kort som skulle ha spärrats är inte spärrade. Ring driften. Körningen tar igen allt när den kommer i gång.
night-to-the-page = Till nattkörningen

## Stops
night-stops = Säkerhetsstopp
night-stop-of = { $organisation }: { $count ->
    [one] ett kort
   *[other] { $count } kort
  }
night-stop-of-all = Hela körningen: { $count ->
    [one] ett kort
   *[other] { $count } kort
  }
night-stop-text = Körningen { $day } stannade: fler kort än väntat. Ingenting av detta spärras förrän en ansvarig eller biträdande utgivare har tittat och släppt det.
night-stop-of-live = { $count } av { $live } kort som fungerar eller väntar på att aktiveras.
night-stop-stopped = Stannade { $when }
night-stop-other = Bara den som är ansvarig eller biträdande utgivare här kan släppa det.
night-stop-released = Släppt { $when } av { $who }. Körs inom någon minut.
night-stop-done = Släppt { $when } av { $who }. Genomfört { $done }.
night-released = Stoppet är redan släppt
night-stop-beforehand = Släppt i förväg för natten { $day }, högst { $count ->
    [one] ett kort
   *[other] { $count } kort
  }, av { $who }.
night-stop-reason = Skäl: { $reason }
night-stop-by-rule = { $activation } inte aktiverade, { $receipt } inte kvitterade
night-somebody = en utgivare
night-release = Titta och släpp

## The coming night
night-coming = Natten { $day }
night-other-nights = Se en annan natt
night-nothing = Ingenting att göra den natten
night-nothing-means = Ingen tid har gått ut då för något kort i dina organisationer.
night-organisations = Vad körningen skulle göra, per organisation
night-activation = Spärras, inte aktiverat
night-receipt = Spärras, inte kvitterat
night-expiry = Går ut
night-ask = Innehavaren frågas
night-stop = Säkerhetsstopp
night-no-stop = Nej
night-is-released = Släppt i förväg
night-is-held = Ja, ett tidigare stopp gäller
night-too-many = Ja, fler än 50 kort
night-too-great-a-part = Ja, fler än 0,5 % av korten
night-too-many-in-all = Ja, för många kort sammanlagt
night-release-beforehand = Släpp i förväg
night-in-all = Sammanlagt skulle { $count } kort spärras, och det är fler än som får spärras på en natt utan att en andra person har tittat.
night-first = De första korten
night-first-count = De första korten, { $count } stycken
night-what = Vad som händer
night-day = Sista dag
night-standing = Läge
night-goes = Görs
night-held = Hålls tillbaka
night-left = Kort som reglerna säger nej till
night-left-means = Tiden har gått ut, men kortet står inte så att något kan göras. Körningen försöker igen nästa natt.
night-why-not = Varför inte

## Nights that have been
night-nights = Körningar som har gått
night-night = Natten
night-started = Började
night-finished = Klar
night-not-finished = Inte klar
night-done = Gjort
night-refused = Nekat
night-held-back = Hålls tillbaka
night-failed = Fel
night-no-nights = Ingen körning har gått än
night-no-nights-means = Den första körs strax efter midnatt.

## Releasing
night-release-title = Släpp { $organisation }: { $count ->
    [one] ett kort
   *[other] { $count } kort
  } spärras för alltid
night-release-title-all = Släpp hela körningen: { $count ->
    [one] ett kort
   *[other] { $count } kort
  } spärras för alltid
night-release-means = Körningen stannade för att det är fler kort än väntat. Du är den andra personen: titta på korten innan du släpper dem.
night-release-beforehand-means = Du släpper i förväg en mängd som är känd. Det gäller bara natten { $day } och högst så många kort som räknas nu. Blir de fler stannar körningen ändå.
night-release-final = En spärr kan inte lyftas. Den som får sitt kort spärrat behöver ett nytt.
night-release-now = Nästa körning börjar inom någon minut och tar just de kort som den stannade vid.
night-release-mail = Innehavarna får mejl om att kortet är spärrat.
night-release-reason = Varför är det rätt?
night-release-reason-hint = Till exempel: verksamheten på enheten upphörde den 31 december. Inga namn och inga personnummer.
night-release-reason-missing = Skriv varför det är rätt att spärra så många kort.
night-release-yes = Ja, spärra korten för alltid
night-release-yes-beforehand = Ja, släpp i förväg
night-release-no = Nej, låt dem vara
