# Mina sidor: the holder's own pages.

## Menu
ms-nav-start = Start
ms-nav-looks = Who has looked at my details
ms-nav-contact = Contact and opening hours
ms-back = To the start



## Start
ms-title = { $count ->
    [0] Hello { $name }. You have nothing to do just now.
    [1] Hello { $name }. You have one thing to do.
    [2] Hello { $name }. You have two things to do.
    [3] Hello { $name }. You have three things to do.
   *[other] Hello { $name }. You have { $count } things to do.
  }
ms-sum-works = Your card from { $organisation } works.
ms-sum-unsigned = The card from { $organisation } will be revoked unless you sign the receipt.
ms-sum-coming = A new card from { $organisation } is on its way.
ms-sum-locked = Your card from { $organisation } is locked, not revoked.
ms-sum-at-office = Your new card from { $organisation } is at { $office }.
ms-sum-missing = The card from { $organisation } has not come. The office knows.
ms-sum-none = You have no card, and none has been ordered. If you need one at work, ask an ID administrator in your organisation to order it.
ms-todo = To do
ms-locked = Locked
ms-unsigned = Waiting for your signature
ms-works = Works now
ms-coming = On its way
ms-ended = No longer valid
ms-last-look = Last shown to somebody else: { $who }, { $day }.
ms-no-look = Nobody else has been shown your details.
ms-looks-link = Who has looked at my details?
ms-somebody-protected = an employee whose name is protected

## What you must do
ms-sign-title = Sign the receipt
ms-sign-text = You have chosen a PIN for the card { $number } from { $organisation }. Without your signature the card is revoked, and you need a new one.
ms-sign-button = Read the terms and sign
ms-collect-by = When the notice has come
ms-collect-title = Collect your new card at the postal service point
ms-collect-posted = The card from { $organisation } was sent { $day } by registered mail. Postnord sends a notice when the letter can be collected. If no notice comes, trace the letter with its Rek-id.
ms-collect-noticed = Postnord has sent a notice about the letter from { $organisation }. If it has not reached you, trace the letter with its Rek-id. Bring a valid identity document when you collect it.
ms-collect-waiting = The letter from { $organisation } has been waiting at the postal service point since { $day }. Bring a valid identity document.
ms-rek-id = Rek-id
ms-track = Trace at Postnord
ms-activate-title = Activate your new card
ms-activate-text = When the card has reached you, bring it and a valid physical identity document to { $office }, { $address }. { $hours }
ms-activate-by = When the card has come
ms-fetch-by = The card can be fetched
ms-fetch-title = Fetch and activate your new card
ms-fetch-text = The card is at { $office }. Bring a valid physical identity document there: { $address }. { $hours }
ms-locked-since = Locked since { $day }
ms-unlock-title = Your card from { $organisation } is locked
ms-unlock-text = The card is still valid, but the PIN does not work until you have unlocked it.
ms-unlock-button = How to unlock it
ms-unlock-link = How to unlock the card
ms-reported-on = Reported { $day }
ms-reported-button = Say whether it is true
ms-loss-by = As soon as you can
ms-loss-last = By { $day }
ms-to-case = The revocation and what you do now
ms-activate-button = How to activate the card

## The card
ms-until = valid to { $day }
ms-must-sign = the receipt has not been signed
ms-revoked-on = revoked { $day }: { $reason }
ms-expired-on = expired { $day }
ms-order-ended = order { $number }
ms-card-number = Card number
ms-product-number = Product number
ms-your-hsa-id = Your HSA-id
ms-valid-to = Valid to
ms-order-number = Order
ms-open-card = Show the card { $number }
ms-open-coming = Where the card is and how to activate it
ms-open-at-office = How to fetch and activate the card
ms-open-missing = What happens with the card
ms-at-office-note = is at { $office }

## Tracking
ms-stop-ordered = Ordered
ms-stop-manufacturer = At the manufacturer
ms-stop-sent = Sent
ms-stop-notice = Notice sent
ms-stop-service-point = Waits at the service point
ms-stop-collected = Collected
ms-stop-returned = Came back
ms-stop-lost = Lost on the way
ms-stop-missing = Has not come
ms-stop-at-office = Is at { $office }
ms-stop-activate = Activate at { $office }
ms-stop-activate-note = Bring the card and a physical identity document.
ms-stop-fetch-note = Bring a valid physical identity document.
ms-since = since { $day }
ms-waits = The order has not been sent to the manufacturer yet.
ms-apost-note = The card goes by A-post (ordinary mail) and cannot be traced. Allow two to three weeks.
ms-to-office-note = The card is sent to the card office. You get a mail when you can collect it.
ms-rek-note = The card goes by registered mail. Once it is posted you get a Rek-id here to trace it with.
ms-reorder-note = If it has not come, an ID administrator in your organisation may order a new one from { $day }.

## The card's own page
ms-card-ordered-title = The card has been ordered.
ms-card-sent-title = The card has been sent. It must be activated before it works.
ms-card-at-office-title = The card is at { $office }. It must be activated before it works.
ms-card-at-office-text = Bring a valid physical identity document there.
ms-card-locked-title = The card is locked, not revoked.
ms-card-locked-text = It is valid to { $day } and can be unlocked.
ms-card-unsigned-title = The card works, but you must sign the receipt.
ms-card-active-title = The card is active and valid to { $day }.
ms-card-revoked-title = The card is revoked and cannot be opened again.
ms-card-expired-title = The card has expired.
ms-card-ordered-text = You get a mail when the card has been sent. Allow two to three weeks.
ms-card-active-text = You use it to log in and to sign at work.
ms-card-revoked-text = Cut the card through the chip and throw it away. If you need a new card at work, ask an ID administrator in your organisation to order it.
ms-card-expired-text = Cut the card through the chip and throw it away. A new card is ordered by an ID administrator in your organisation.
ms-where = Where the card is
ms-days = Days to keep in mind
ms-go-here = Where to go
ms-office-closed = The office has closed for good. Ask your ID administrator which office takes its place.
ms-floor = Floor or entrance
ms-address = Address
ms-phone = Telephone
ms-hours = Opening hours
ms-today = Today: { $hours }.
ms-tomorrow = Tomorrow: { $hours }.
ms-closed = closed
ms-hours-note = Hours may differ around public holidays. Call before you go.
ms-weekday-mon = Monday
ms-weekday-tue = Tuesday
ms-weekday-wed = Wednesday
ms-weekday-thu = Thursday
ms-weekday-fri = Friday
ms-weekday-sat = Saturday
ms-weekday-sun = Sunday
ms-bring = What to bring
ms-bring-card = The card that came by post.
ms-bring-id = A valid physical identity document: driving licence, passport, national identity card or another Swedish identity card.
ms-bring-no-digital = Bank-id and Freja are not enough, nor is any other digital identity card.
ms-bring-letter = The code letter for the card. It comes in an envelope of its own.
ms-bring-code = A PIN that you have thought of, { $least } to { $most } digits. Do not write it down.
ms-steps = How it is done
ms-step-check = The ID administrator checks you, your identity document and the card.
ms-step-code = You choose the PIN yourself in the card software. Nobody else sees it.
ms-step-letter = You show that the code of the code letter works. Nobody else sees it.
ms-step-sign = You read the terms and sign the receipt, here in Mina sidor or on paper. Then the card is active.


## Terms and receipt
ms-terms-title = Terms for e-service cards
ms-terms-version = Version { $version }
ms-term-personal = The card is personal. Only you may use it.
ms-term-lend = You never lend the card, not to anybody and not for a short while.
ms-term-code = The PIN is yours alone. You do not write it down, tell it to anybody or let anybody see you enter it. Nobody has the right to ask for it.
ms-term-reader = You take the card with you when you leave the computer.
ms-term-loss = If you lose the card, if it is stolen, or if you think that somebody knows the code, you report it at once so that the card is revoked.
ms-term-data = You report it if something on the card is wrong or if you change your name.
ms-term-return = You return the card when your employment or assignment ends, or when the issuer asks for it.
ms-term-follow-up = What you do with the card is logged. The card of somebody who breaks the terms may be revoked.
ms-too-late-title = The time has run out
ms-too-late-text = The card is revoked tonight and can then no longer be used. Contact the office about a new one.
ms-too-late-held = The card waits to be revoked. Contact the office about a new one.
ms-too-late-button = Contact the card office
ms-receipt-late-title = The time to sign has run out
ms-receipt-title = Read the terms and sign the receipt
ms-receipt-lead = When you have signed, the card is active.
ms-receipt-card = The card you have been given
ms-receipt-printed-name = Name on the card
ms-receipt-issuer = Issuer
ms-receipt-product = Card
ms-receipt-what = What you sign
ms-receipt-what-text = You sign the terms, the details of the card and the sentence you tick. The text is kept together with your signature.
ms-receipt-accept = I have been given the card and accept the terms.
ms-receipt-accept-missing = Tick that you have been given the card and accept the terms.
ms-loa-title = You need a more secure log-in
ms-loa-text = You are logged in at assurance level 2. Signing needs level 3. Log in with an electronic identification of level 3, or sign on paper with the ID administrator at the card office.
ms-loa-button = Log in at level 3
ms-receipt-signed-title = The receipt has already been signed
ms-receipt-already-signed-text = The card is active. There is nothing more to do.
ms-receipt-signed-at = Signed
ms-receipt-signed-how = How
ms-receipt-by-log-in = With electronic identification
ms-receipt-by-card = With the card
ms-receipt-by-paper = On paper, kept by the card office
ms-receipt-link = The receipt and the terms
ms-receipt-paper-title = Receipt for an e-service card
ms-receipt-holder = Holder
ms-receipt-ended-title = The receipt cannot be signed
ms-receipt-ended-text = The card is no longer valid. If you need a new one, ask an ID administrator in your organisation to order it.
ms-receipt-early-title = It is too early to sign
ms-receipt-early-text = You sign when you have chosen a PIN at the card office.
ms-receipt-to-card = To the card
ms-done-title = The card is active
ms-done-text = The receipt is signed. The card is valid to { $day }.
ms-done-now = Now
ms-done-keep-code = Keep the PIN to yourself.
ms-done-take = Take the card with you whenever you leave the computer.
ms-done-old = If you have an older card from the same issuer, it is revoked now. Cut it through the chip.
ms-done-loss = If you lose the card, report it at once and it will be revoked.

## Who has looked
ms-looks-title = Who has looked at my details
ms-looks-lead = This is who other than you has opened your details, day by day, the latest first.
ms-look-with-role = { $name }, { $role }, opened { $what }
ms-look-once = { $day } { $time }
ms-look-times-at = { $day } { $time }, { $times ->
    [2] twice
    [3] three times
   *[other] { $times } times
  }
ms-look-times = { $day }, { $times ->
    [2] twice
    [3] three times
   *[other] { $times } times
  } between { $first } and { $last }
ms-and = { $first } and { $last }
ms-role-orderer = authorised orderer
ms-role-id-admin = ID administrator
ms-role-servicedesk = servicedesk
ms-role-deputy-issuer = deputy issuer
ms-role-responsible-issuer = responsible issuer
ms-role-security-officer = security officer
ms-role-auditor = log auditor
ms-looks-none-title = Nobody else has looked at your details
ms-looks-none-text = Each look is written here as soon as it happens.
ms-looks-ask = Do you wonder about a look? Ask the contact person at your workplace first.

## Contact
ms-contact-title = Contact and opening hours
ms-contact-first = Ask the contact person first
ms-contact-person = Contact person of { $organisation }
ms-contact-missing = { $organisation } has not named a contact person. Ask an ID administrator in your organisation, or the card office.
ms-contact-mail = Mail
ms-contact-offices = Card offices
ms-contact-servicedesk = Servicedesk
ms-contact-servicedesk-text = If the contact person cannot help, call the servicedesk of your employer. Read out the code at the bottom of the page, so that they can see what happened.

# A card that does not come.
ms-not-come = The card has not come
ms-missing-title = Has the card not come?
ms-missing-means = Ordinary mail cannot be traced. Thirty days after the photo, or after the order if no new photo was taken, a new card may be ordered. You need not be photographed again.
ms-report-missing = Say that the card has not come
ms-report-late = The card has come
ms-missing-told-title = The office knows that the card has not come
ms-missing-told = They order a new one by the routine of your workplace. The first card is revoked then.
ms-missing-replaced-title = A new card has been ordered
ms-missing-replaced = This card is revoked. If it comes after all: cut it through the chip and throw it away.
ms-late-title = The card came after all
ms-late-cut = It is revoked, since a new one has been ordered. Cut it through the chip and throw it away.
ms-late-activate = Bring it and a physical identity document to the office to activate it.
ms-missing-ask = Ask the office
ms-missing-from = You can say so here from { $day }. Wait for the letter until then.
ms-missing-rek = The card is sent by registered mail and can be traced. Search for Rek-id { $rek } at Postnord. If the letter has gone back or is lost: ask the office.
