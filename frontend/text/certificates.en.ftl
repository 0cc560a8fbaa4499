# Certificates on cards

certs-title = Certificates on the card
certs-lead = The certificates on the card show who you are when you log in and when you sign. They are valid as long as the card.
certs-lead-desk = The certificates are valid exactly as long as the card and are revoked with it. A pair can be revoked by itself; that cannot be undone.
certs-authentication = Log in
certs-signature = Sign
certs-hsa-id = with HSA-id
certs-person-id = with personal identity number
certs-work-identity = Work identity (HSA-id)
certs-work-identity-means = Shows who you are at work. Used in the systems of health care.
certs-personal-identity = Personal electronic identification (personal number)
certs-personal-identity-means = Shows who you are in private, with name and personal number. Can be used with public authorities.
certs-named = { $usage } ({ $profile })
certs-until = Valid to { $day } inclusive
certs-since = Since { $day }
certs-requested = Waits to be issued
certs-issued = Issued, not yet on the card
certs-waits-for-card = On the card, can be used once the card is active
certs-none = No certificates
certs-none-means = No certificates have been asked for here for this card.
certs-fact = Certificates
certs-link = Certificates on the card
certs-back-to-person = To the person's page
certs-back = Cancel
certs-revoke = Revoke the certificates { $profile }
certs-revoke-title = Revoke certificates
certs-revoke-focus = Revoke certificates
certs-revoke-label = Certificates to be revoked
certs-irreversible = This cannot be undone
certs-irreversible-means = Revoked certificates never become valid again. If the card is lost or stolen, revoke the card and not only its certificates.
certs-no-log-in = It will no longer be possible to log in with these certificates.
certs-no-signing = It will no longer be possible to sign with these certificates.
certs-card-lives = The card and its other certificates stay as they are.
certs-reason = Why are the certificates revoked?
certs-reason-missing = Choose why the certificates are revoked.
certs-four = The last four digits of the card's number
certs-revoke-yes = Revoke the certificates

check-title = Certificates
check-nav = Examination of certificates
check-lead = Every night everything that has been issued is read again and compared with the cards and with the lists of revoked certificates. What does not agree is put right toward the safer side: certificates are revoked and lists are built anew, but nothing is made valid again.
check-no-authority = No certificates are issued
check-no-authority-means = The section [authority] is missing in the configuration, or this process does not answer for it.
check-not-yet = Nothing has been examined yet
check-not-yet-means = The first examination is made when the worker has started.
check-clean = Nothing to remark, { $when }
check-found =
    { $count ->
        [one] One remark left, { $when }
       *[other] { $count } remarks left, { $when }
    }
check-examined =
    { $count ->
        [one] One certificate was examined.
       *[other] { $count } certificates were examined.
    }
check-findings = Remarks
check-nights = Earlier nights
check-lists = Lists of revoked certificates
check-lists-count =
    { $count ->
        [one] One list of revoked certificates
       *[other] { $count } lists of revoked certificates
    }
check-no-lists = No lists
check-no-lists-means = They are built when the worker has started with a certificate authority.
check-repaired = Put right
check-left = Left to do
check-not-done = Not finished
check-column-what = Remark
check-column-about = About
check-column-done = Done
check-column-night = Night
check-column-finished = Finished
check-column-examined = Examined
check-column-findings = Remarks
check-column-repaired = Put right
check-column-authority = Authority
check-column-lists = Lists
check-column-entries = Revoked
check-column-built = Oldest built
check-column-next = Next by
check-column-bytes = Longest, bytes
