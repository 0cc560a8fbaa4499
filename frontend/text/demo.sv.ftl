# Demonstrationens egna sidor.

demo-title = Demonstrationen
demo-lead = Logga in som någon av personerna, se vad som skickas, och flytta klockan för att se vad som händer då.
demo-personas = Personer att vara
demo-log-in = Logga in i { $portal }
demo-mails = Mejl
demo-mails-lead = Så här ser mejlen ut som skulle ha skickats.
demo-no-mails = Inget mejl har skickats än.
demo-all-mails = Alla mejl
demo-mail-to = Till
demo-mail-at = Skickat
demo-letters = Brev i posten
demo-letters-lead = Kort som tillverkaren har skickat. Adressen är dold.
demo-no-letters = Inget brev är skickat än.
demo-all-letters = Alla brev
demo-letter-way = Försändelse
demo-letter-address = Adress
demo-letter-fate = Vad som händer
demo-letter-lost = Försvinner på vägen, och ingen får veta det
demo-clock = Klockan
demo-clock-now = Demonstrationens tid är { $now }.
demo-clock-note = Klockan går bara framåt. Alla som är inloggade loggas ut när den flyttas.
demo-clock-days = { $days ->
    [1] En dag framåt
   *[other] { $days } dagar framåt
  }
demo-factory = Tillverkaren
demo-factory-runs = Tillverkaren arbetar.
demo-factory-paused = Tillverkaren står still.
demo-factory-fails = { $count ->
    [1] Nästa kort går inte att tillverka.
   *[other] De { $count } nästa korten går inte att tillverka.
  }
demo-factory-loses = { $count ->
    [1] Nästa brev försvinner i posten.
   *[other] De { $count } nästa breven försvinner i posten.
  }
demo-factory-hurry = Skynda på tillverkaren
demo-factory-pause = Stanna tillverkaren
demo-factory-resume = Starta tillverkaren
demo-factory-fail = Låt nästa kort misslyckas
demo-factory-lose = Låt nästa brev försvinna
demo-components = Alla delar som sidorna byggs av
demo-back = Till demonstrationen
