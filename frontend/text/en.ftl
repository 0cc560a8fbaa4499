# Common texts. Holders read them too: address the reader, active voice, short sentences.

-brand = Kortkontor

## The frame
page-title = { $title } – { -brand }
skip-to-content = Skip to content
main-menu = Main menu
menu = Menu
portal-id-admin = ID administration
portal-servicedesk = Service desk
portal-mina-sidor = My pages
other-language = Svenska
log-out = Log out
logged-in-as = Logged in as { $name }
footer-line = { -brand } – service ID cards for health care
page-code = Code of this page:
questions-about-the-card = Questions about the card? Ask the contact person at your workplace first.
search = Search
search-label = Search for a person, card or delivery
search-example = E.g. 19870412-9801 or Maja Lindqvist
search-hint = Type a personal number, HSA-id, name, card number, Rek-id or order number. The field knows which one.
search-shortcut = moves here.
copied = Copied
copy = Copy { $what }
leave-warning = There are steps left. Do you want to leave the page?

## Forms
optional = (optional)
date-hint = Write YYYY-MM-DD
number-keys-switch = The number keys tick the steps
answer-right = Right
answer-wrong = Wrong
steps = Steps
error-summary-title = { $count ->
    [one] Correct one answer
   *[other] Correct { $count } answers
  }

unseen-characters = The text holds characters that cannot be seen. Type it instead of pasting it.
reason-too-long = Write at most { $longest } characters. There are { $count } now.

## Parts of pages
not-possible-now = Not possible right now
why-that-day = Why that date?
stopped-by = Stopped by:
personal-data-of = Personal data of { $name }
photo-missing = No photo
protected-person-note = Name, personal number and address are shown only when you choose to see them. Letters go through the Swedish Tax Agency. Every look is logged.
breadcrumbs = You are here
pagination = Pages
page-before = Previous
page-after = Next
cases = { $count ->
    [one] one case
   *[other] { $count } cases
  }
cases-or-more = at least { $count } cases
to-the-start = To the start page
to-mina-sidor = To My pages

## Errors
error-code = Code to read out:
error-not-found-title = We find nothing with that number
error-not-found-meaning = It may be mistyped, or belong to an organisation you do not work for. We give the same answer in both cases.
error-not-found-check = Compare the digits with the card or the identity document.
error-not-found-ask = If you lack permission: ask the responsible issuer of your organisation.
error-forbidden-title = This page belongs to another role
error-forbidden-meaning = Your role does not give access to the page. Nothing has been changed.
error-forbidden-ask = If you need it in your work: ask your responsible issuer for permission.
error-conflict-title = Somebody else was first
error-conflict-meaning = The data changed while you had the page open. Your change is not saved.
error-conflict-reload = Open the page again, compare, and make the change again if it is still needed.
error-invalid-title = The form could not be used
error-invalid-meaning = The page may have been open for too long. Nothing has been changed.
error-invalid-again = Open the page again and fill it in once more.
notice-too-slow-title = What you sent did not arrive in time
notice-too-slow-meaning = The connection was too slow or broke off. Nothing has changed.
notice-too-slow-again = Go back and send it again.
error-internal-title = Something went wrong on our side
error-internal-meaning = We do not know whether what you did was completed. Look before you do it again.
error-internal-read-out = Read out the code to the service desk and they can see what happened.
error-unavailable-title = The service does not answer right now
error-unavailable-meaning = Many are working at the same time, or maintenance is going on. Nothing has been changed.
error-unavailable-wait = Wait a minute and try again. If it is urgent: call the service desk and read out the code.

## States: one word, one meaning, in all portals, mails and letters
state-order-draft = Draft
state-order-awaiting-prerequisites = Waiting for documents
state-order-awaiting-photo = Waiting for a photo
state-order-ready-to-send = Ready to send
state-order-in-production = At the manufacturer
state-order-dispatched = Sent
state-order-fulfilled = Done
state-order-cancelled = Cancelled
state-order-rejected = Rejected
state-order-replaced-undelivered = Replaced, did not arrive
state-order-activation-expired = Not activated in time
state-card-ordered = Ordered
state-card-sent = Sent, not activated
state-card-unlocked-unsigned = Not signed for
state-card-active = Active
state-card-revoked = Revoked
state-card-expired = Expired
state-codes-pin-locked = Locked
state-codes-signing-locked = Signature code locked
state-codes-puk-locked = PUK locked
state-custody-returned = Returned
state-custody-destroyed = Destroyed
state-reserve-in-stock = In stock
state-reserve-handed-out = Handed out, waiting for an e-ID
state-reserve-no-valid-eid = Without a valid e-ID
state-certificate-valid = Valid
state-certificate-valid-off-card = Valid, not on the card
state-certificate-superseded = Replaced
state-certificate-revoked = Revoked
state-certificate-expired = Expired
state-delivery-posted = Posted
state-delivery-notice-sent = Notice sent
state-delivery-at-service-point = At the service point
state-delivery-collected = Collected
state-delivery-returned-to-sender = Returned to the sender
state-delivery-lost = Lost
state-puk-letter-requested = Requested
state-puk-letter-approved = Approved
state-puk-letter-printing = Being printed
state-puk-letter-mailed = Posted
state-puk-letter-at-service-point = At the service point
state-puk-letter-collected = Collected
state-puk-letter-used = Used
state-puk-letter-rejected = Turned down
state-puk-letter-cancelled = Withdrawn
state-puk-letter-returned-to-sender = Returned to sender
state-puk-letter-failed = PUK locked
state-puk-letter-closed = Closed
state-photo-captured = Waits for approval
state-photo-approved = Approved
state-photo-rejected = Turned down
state-revocation-received = Received, not carried out
state-revocation-steps-left = Revoked, steps left
state-revocation-closed = Done
state-revocation-withdrawn = Taken back
state-name-change-new-card-needed = A new card is needed
state-name-change-new-card-coming = A new card is on its way
state-name-change-done = Done
state-person-protected = Protected personal data

## The catalogue
catalogue-title = Components
catalogue-lead = Everything the pages are made of, with one example of each look. Persons and numbers are invented.
catalogue-icons = Icons
