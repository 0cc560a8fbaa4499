# What happened, one sentence per event.

event-card-order-begin = Card ordered
event-card-order-submit = Order placed
event-card-order-complete-prerequisites = The prerequisites of the order are complete
event-card-order-approve-photo = Photo approved
event-card-order-use-stored-photo = Stored photo used again
event-card-order-ask-arrival = The card should have come but is not activated
event-card-order-send = Order sent to the manufacturer
event-card-order-fail-production = The manufacturer could not make the card
event-card-order-produce = The order has been produced
event-card-order-dispatch = The order has been sent from the manufacturer
event-card-order-fulfil = The order is complete
event-card-order-replace-undelivered = The card did not arrive and the order was replaced
event-card-order-expire-activation = Order ended: the card was not activated in time
event-card-order-cancel = Order cancelled
event-card-order-end-with-card = Order ended together with the card
event-delivery-begin = Delivery prepared
event-delivery-post = Delivery posted
event-delivery-send-notice = Notice of the delivery sent
event-delivery-reach-service-point = The delivery is at the service point
event-delivery-collect = Delivery collected
event-delivery-return = The delivery came back to the sender
event-delivery-lose = The delivery was lost in the post
event-delivery-report-missing = The delivery was reported missing
event-delivery-report-late-arrival = The delivery came after all
event-delivery-arrive = The delivery has arrived: the card was shown at the office
event-card-begin = The card is about to be made
event-card-make = Card made
event-card-dispatch = Card sent
event-card-receive-at-office = Card received at the office
event-card-unlock = Identity checked and card unlocked
event-card-confirm-receipt = The card is active
event-card-revoke = Card revoked
event-card-supersede = Card revoked: replaced by a newer card
event-card-end-with-order = Card revoked: its order ended
event-card-end-with-receipt = Card revoked: the receipt was not signed
event-card-end-unactivated = Card revoked: it was not activated in time
event-card-expire = Card expired
event-card-destroy = Card destroyed
event-card-doubt = Stopped at the counter: not certain that it was the right person
event-chip-code-begin = The code of the card exists but is not chosen
event-chip-code-set = The holder has a PIN code that works
event-chip-code-lock = Card locked, not revoked: wrong PIN code three times
event-chip-code-unlock-at-visit = Card unlocked at a visit
event-chip-code-unlock-with-puk = Card unlocked with the PUK code
event-chip-code-drop = The code of the card is no longer used
event-receipt-begin = The receipt waits for a signature
event-receipt-sign = Receipt signed by the holder
event-receipt-register-paper = Receipt on paper registered
event-receipt-refuse = The holder did not want to sign the receipt
event-receipt-time-out = The receipt was not signed in time
event-receipt-lapse = Receipt ended together with the card
event-certificate-begin = Certificate requested
event-certificate-asked = Certificate requested: { $what }
event-certificate-signed = Certificate issued: { $what }
event-certificate-revoked-because = Certificate revoked: { $reason }
event-certificate-issue = Certificate issued
event-certificate-write-to-card = Certificate written to the card
event-certificate-take-off-card = Certificate taken off the card
event-certificate-fetch-back = Certificate fetched back to the card
event-certificate-supersede = Certificate replaced by a newer one
event-certificate-revoke = Certificate revoked
event-certificate-expire = Certificate expired
event-certificate-end-with-pair = Certificate revoked with the other one of its pair
event-certificate-end-with-card = Certificate revoked because the card was revoked
event-puk-letter-begin = PUK letter requested
event-puk-letter-approve = PUK letter approved
event-puk-letter-reject = PUK letter rejected
event-puk-letter-cancel = Request for a PUK letter withdrawn
event-puk-letter-print = PUK letter is being printed
event-puk-letter-mail = PUK letter sent
event-puk-letter-reach-service-point = The PUK letter is at the service point
event-puk-letter-collect = PUK letter collected
event-puk-letter-use = PUK code used
event-puk-letter-return = The PUK letter came back
event-puk-letter-fail = The PUK code of the letter is locked
event-puk-letter-close = PUK letter closed
event-photo-begin = Photo added
event-photo-approve = The photo approved: the same person who showed an identity document
event-photo-reject = Photo turned down
event-revocation-begin = Card reported
event-revocation-execute = Report checked, the card is to be revoked
event-revocation-withdraw = Report taken back, nothing was revoked
event-revocation-end-with-card = Report closed: the card is no longer valid, nobody needs to be called back
event-revocation-record = Step of the revocation case recorded
event-person-change-name = Name changed by a file from the directory
event-person-change-number = Number changed by the directory: two issuers have confirmed that it is the same person
event-person-ask-register = Address fetched from the population register
event-session-log-in = Logged in
event-session-log-out = Logged out
event-session-log-in-to = Logged in to { $portal }
event-session-log-out-of = Logged out of { $portal }
event-batch-import-directory = Data read from the directory
event-office-add = Card office added
event-office-edit = Card office data changed
event-product-add = Card product added
event-product-edit = Card product data changed
event-appointment-add = Appointment given
event-appointment-edit = Appointment changed
event-organisation-add = Organisation added
event-organisation-edit = Organisation data changed
event-client-add = Connected service added
event-client-edit = Connected service changed
event-safety-stop-add = Safety stop: the nightly run stopped
event-safety-stop-edit = Safety stop changed
event-errand-retry = An outgoing task is tried again
event-ending-stop-edit = Endings from the directory released
event-identity-proposal-edit = Question about a number in the directory answered

## Attempts that met a no
event-refused = An attempt { $what } met a no. { $why }
event-refused-without-reason = An attempt { $what } met a no.
event-other = Something was changed
event-other-act = to change something
act-card-order-begin = to order a card
act-card-order-cancel = to cancel the order
act-card-order-replace-undelivered = to order anew
act-card-order-complete-prerequisites = to complete the order
act-card-unlock = to activate the card
act-card-revoke = to revoke the card
act-card-receive-at-office = to receive the card
act-receipt-sign = to sign the receipt
act-receipt-register-paper = to register a receipt on paper
act-session-log-in = to log in
act-card-order-use-stored-photo = to use the stored photo
act-card-destroy = to destroy the card
act-card-doubt = to stop at the counter
act-delivery-return = to register a letter that came back
act-delivery-lose = to register a letter as lost
act-delivery-report-missing = to report that the card has not come
act-delivery-report-late-arrival = to report that the card came after all
act-chip-code-lock = to register the card as locked
act-chip-code-unlock-at-visit = to unlock the card at a visit
act-chip-code-unlock-with-puk = to unlock the card with the PUK code
act-puk-letter-begin = to order a PUK letter
act-puk-letter-approve = to approve the PUK letter
act-puk-letter-reject = to turn down the PUK letter
act-puk-letter-cancel = to withdraw the request for a PUK letter
act-photo-begin = to add a photo
act-photo-approve = to approve the photo
act-photo-reject = to turn down the photo
act-certificate-revoke = to revoke certificates
act-revocation-begin = to report and revoke the card
act-revocation-execute = to revoke the card after a report
act-revocation-withdraw = to take back the report
act-revocation-record = to record a step of the revocation case
act-receipt-refuse = to register that the receipt is not signed
act-safety-stop-edit = to release the safety stop
act-errand-edit = to have an outgoing task tried again
act-ending-stop-edit = to release endings from the directory
act-feed-upload-edit = to take in a file of the directory
act-identity-proposal-edit = to answer a question about a number

## Events with more to tell
event-unlocked-by = Identity checked with { $document }, card unlocked
event-revoked-because = Card revoked: { $reason }
event-unlocked-elsewhere-by = Identity checked with { $document }, card unlocked at another office because the card's office is closed
event-order-in-place-of = New card ordered: the former one { $told }
event-order-replaced = The order was replaced by a new one: the card { $told }
event-opened-at-visit-by = Card unlocked at a visit, identity checked with { $document }
event-letter-because = PUK letter requested: { $reason }
event-letter-rejected-because = PUK letter turned down: { $reason }
event-photo-taken = Photo taken at the card office
event-photo-uploaded = Photo added from a file
event-photo-rejected-because = Photo turned down: { $reason }
event-reported = Card reported: { $reason } ({ $reporter })
event-reported-only = Report received, the card is not revoked: { $reason } ({ $reporter })
event-step-recorded = { $step }: { $outcome }

## Whoever looks
event-you-looked = You opened { $what }
event-looked = { $name } opened { $what }
event-looked-at-you = { $name } opened { $what }
event-you-revealed = You showed the person's protected data
event-revealed = { $name } showed the person's protected data
event-holder-sees = The holder can see it in Mina sidor
event-the-person = the person's page
event-the-card = the card's page
event-the-order = the order's page
event-the-search = the search
event-your-page = your page
event-your-card = your card
event-your-order = your order
event-your-protected-data = your protected data
event-searched = { $name } searched
event-you-searched = You searched
event-card-checked = A connected service asked whether the card is valid
event-of-card = Card …{ $end }

## Who
event-when-who = { $when } · { $who }
event-by-you = you
event-by-holder = the holder
event-by-officer = an ID administrator
event-by-ledger = Kortkontor
event-by-manufacturer = the manufacturer
event-by-authority = the certificate authority
event-by-letter-bureau = the letter bureau
event-by-scheduler = the nightly run
event-by-directory = the directory
event-by-operator = operations

## Ways of sending
method-a-post = First-class letter (A-post)
method-rek = Registered mail (Rek)
method-to-office = To the card office

## Sendings by ordinary mail
state-delivery-prepared = At the manufacturer
state-delivery-assumed = Arrived
state-delivery-reported-missing = Reported missing
state-delivery-late-arrival = Came after all

## Why a card is revoked
reason-lost = lost
reason-stolen = stolen
reason-codes-compromised = somebody else may know the code
reason-card-damaged = the card is damaged
reason-superseded = replaced by a newer card
reason-replaced-undelivered = did not arrive and was replaced
reason-name-changed = the name on the card no longer holds
reason-data-wrong = something on the card is wrong
reason-employment-ended = the employment or assignment has ended
reason-not-returned = not returned
reason-returned = returned
reason-not-activated-in-time = not activated in time
reason-receipt-not-signed = the receipt was not signed
reason-wrongly-issued = wrongly issued
reason-person-deceased = the holder has died
reason-misuse = lent or misused
reason-issuer-decision = decision of the issuer, such as a cancelled order

## Identity documents and the seven steps
document-driving-licence = Driving licence
document-passport = Passport
document-national-id-card = National identity card
document-sis-card = SIS-marked identity card
document-tax-agency-id-card = The Tax Agency's identity card
check-accepted-kind = The document is of a kind we accept
check-valid = Valid today and not reported lost
check-unaltered = Whole, without signs of alteration
check-security-details = Security details show when it is tilted
check-photo-matches = The photo is like the person
check-age-and-sex-match = Age and sex agree with the number
check-signature-matches = The signature is like the one on the document

## What became of a card in the post, after the words the card
told-not-arrived = did not arrive
told-envelope-opened = came in an opened or empty envelope
told-card-damaged = came damaged

## Why a photo was turned down
photo-turned-down-quality = not sharp, too dark or too light
photo-turned-down-pose = the face does not look straight ahead or is not whole
photo-turned-down-covered = something covers the face or shows behind it
photo-turned-down-another-person = another person

## PUK letters: why they were requested, and why not
letter-reason-locked = the card is locked
letter-reason-lost-codes = the code letter is lost or the codes are forgotten
letter-reason-never-received = the code letter never came
letter-rejection-caller-unsure = it is not certain that the holder asked for it
letter-rejection-card-to-be-replaced = the card is to be replaced instead
letter-rejection-visit-instead = a visit opens the card sooner

## Who reported, and how that is known
reporter-holder-logged-in = the holder, logged in
reporter-holder-in-person = the holder, in person
reporter-called-back = called back on the number in the directory
reporter-known-manager = a manager who is known
reporter-unverified-caller = the caller has not been checked
reporter-office = the card office

## Steps outside, and how they went
external-step-telia = Revocation at Telia
external-step-police = Police report
step-done-by-holder = done by the holder { $on }
step-done-by-us = done by the card office { $on }
step-holder-will-do = the holder does it by { $by }
step-not-applicable-reserve-card = does not apply, it is a reserve card
step-not-applicable-deceased = does not apply, the holder has died
step-not-applicable-no-personal-eid = does not apply, the card holds no personal e-identification
