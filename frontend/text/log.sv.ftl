## Hela loggen, för den som granskar
nav-log = Händelser
log-title = Händelser i dina organisationer
log-lead = Det senaste först, femtio i taget. Händelser om personer som inte längre finns i dina organisationer visas inte. Att du läser det här är också en händelse, och väljer du en person syns det för den personen i Mina sidor.
log-chosen = Urval
log-chosen-about = Om { $name }.
log-chosen-by = Gjort av { $name }.
log-chosen-thing = Om { $thing }.
log-a-thing = en sak
log-leave-out = Ta bort
log-days = Dagar
log-from = Från och med
log-until = Till och med
log-show = Visa
log-one-person = En person
log-number = Nummer
log-number-hint = Personnummer, HSA-id, kortnummer eller beställningsnummer. Numret hamnar inte i adressen.
log-number-not-understood = Skriv ett helt nummer. Ett namn leder inte säkert till en enda person.
log-number-not-found = Ingen i dina organisationer har det numret.
log-role = Visa
log-role-about = Det som rör personen
log-role-by = Det som personen har gjort
log-find = Hämta
log-lines = { $count ->
    [one] En händelse
   *[other] { $count } händelser
}
log-when = När
log-what = Vad
log-by = Av
log-about = Om
log-thing = Sak
log-code = Kod
log-newest = Till de senaste
log-older = Äldre händelser
log-nothing = Inga händelser
log-nothing-means = Det finns inget i ditt urval. Ta bort något eller välj fler dagar.
log-nothing-here = De här femtio gäller personer som du inte granskar. Gå vidare till äldre händelser.
