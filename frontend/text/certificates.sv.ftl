# Certifikat på kort

certs-title = Certifikat på kortet
certs-lead = Certifikaten på kortet visar vem du är när du legitimerar dig och när du skriver under. De gäller lika länge som kortet.
certs-lead-desk = Certifikaten gäller exakt lika länge som kortet och spärras med det. Ett par kan spärras för sig; det går inte att ångra.
certs-authentication = Legitimera
certs-signature = Skriv under
certs-hsa-id = med HSA-id
certs-person-id = med personnummer
certs-work-identity = Tjänstelegitimation (HSA-id)
certs-work-identity-means = Visar vem du är i tjänsten. Används i vårdens system.
certs-personal-identity = Personlig e-legitimation (personnummer)
certs-personal-identity-means = Visar vem du är privat, med namn och personnummer. Kan användas hos myndigheter.
certs-named = { $usage } ({ $profile })
certs-until = Gäller till och med { $day }
certs-since = Sedan { $day }
certs-requested = Väntar på att utfärdas
certs-issued = Utfärdat, inte på kortet än
certs-waits-for-card = På kortet, kan användas när kortet är aktivt
certs-none = Inga certifikat
certs-none-means = Inga certifikat har begärts för kortet här.
certs-fact = Certifikat
certs-link = Certifikat på kortet
certs-back-to-person = Till personens sida
certs-back = Avbryt
certs-revoke = Spärra certifikaten { $profile }
certs-revoke-title = Spärra certifikat
certs-revoke-focus = Spärra certifikat
certs-revoke-label = Certifikat som spärras
certs-irreversible = Det går inte att ångra
certs-irreversible-means = Spärrade certifikat blir aldrig giltiga igen. Är kortet tappat eller stulet ska kortet spärras, inte bara certifikaten.
certs-no-log-in = Det går inte längre att legitimera sig med de här certifikaten.
certs-no-signing = Det går inte längre att skriva under med de här certifikaten.
certs-card-lives = Kortet och dess andra certifikat gäller som förut.
certs-reason = Varför spärras certifikaten?
certs-reason-missing = Välj varför certifikaten spärras.
certs-four = Kortnumrets fyra sista siffror
certs-revoke-yes = Spärra certifikaten

check-title = Certifikat
check-nav = Granskning av certifikat
check-lead = Varje natt läses allt som har utfärdats igen och jämförs med korten och med spärrlistorna. Det som inte stämmer rättas åt det säkra hållet: certifikat spärras och listor byggs om, men inget blir giltigt igen.
check-no-authority = Inga certifikat utfärdas
check-no-authority-means = Avsnittet [authority] saknas i konfigurationen, eller så svarar den här processen inte för det.
check-not-yet = Ingen granskning har gjorts än
check-not-yet-means = Den första görs när arbetaren har startat.
check-clean = Inget att anmärka, { $when }
check-found =
    { $count ->
        [one] En anmärkning kvar, { $when }
       *[other] { $count } anmärkningar kvar, { $when }
    }
check-examined =
    { $count ->
        [one] Ett certifikat granskades.
       *[other] { $count } certifikat granskades.
    }
check-findings = Anmärkningar
check-nights = Tidigare nätter
check-lists = Spärrlistor
check-lists-count =
    { $count ->
        [one] En spärrlista
       *[other] { $count } spärrlistor
    }
check-no-lists = Inga spärrlistor
check-no-lists-means = De byggs när arbetaren har startat med en certifikatutfärdare.
check-repaired = Rättat
check-left = Kvar att göra
check-not-done = Inte klar
check-column-what = Anmärkning
check-column-about = Gäller
check-column-done = Åtgärd
check-column-night = Natt
check-column-finished = Klar
check-column-examined = Granskade
check-column-findings = Anmärkningar
check-column-repaired = Rättade
check-column-authority = Utfärdare
check-column-lists = Listor
check-column-entries = Spärrade
check-column-built = Äldsta byggd
check-column-next = Nästa senast
check-column-bytes = Längsta, byte
