# Locked cards: a card is stated as locked, unlocked, and PUK letters are requested and approved.

## The card is stated as locked
ul-state-title = Is card { $number } locked?
ul-state-means = Three wrong PINs lock the card. Locked is not revoked: it can be unlocked again.
ul-state-noted = It is written down that the holder says the card is locked, and that you wrote it. Nothing is lost if it was wrong.
ul-state-lost = Is the card gone, or does somebody else know the PIN?
ul-state-lost-means = Then it is not locked. Then it is to be revoked, for good.
ul-state-button = Yes, the card is locked
ul-is-locked = The card is locked, not revoked
ul-not-locked-title = The card is not locked
ul-signing-means = Three wrong PINs lock the code, not the card: logging in works as usual. Locked is not revoked: the code can be unlocked again.
ul-signing-is-locked = The signature code (PIN2) is locked

## The two codes
codes-pin1 = Authentication code (PIN1)
codes-pin2 = Signature code (PIN2)
codes-puk = PUK
codes-set = chosen
codes-not-set = not chosen yet
codes-locked = locked
codes-none = none yet, chosen when the signing certificate is fetched
codes-which = Which code is locked? The authentication code (PIN1) is for logging in, the signature code (PIN2) for signing. If that is unclear the authentication code is noted.
codes-is-pin1 = Yes, the authentication code (PIN1)
codes-is-pin2 = Yes, the signature code (PIN2)
codes-is-unsure = Yes, but it is unclear which
codes-also = { $code } is locked as well
codes-also-means = The codes are locked one by one, and unlocked in the same way.
codes-opened = { $code } has been unlocked with the PUK
codes-choose-pin2 = It is the signature code (PIN2) that is locked and chosen anew. The authentication code (PIN1) stays as it is.
codes-choose-both = Both codes are locked and chosen anew: the one for authentication (PIN1) and the one for signing (PIN2). They must differ.

## The ways to unlock
ul-ways = How the card is unlocked
ul-signing-ways = How the code is unlocked
ul-other-ways = Other ways
ul-visit-title = Visit to an ID administrator
ul-visit-text = The holder comes to { $office }, or to an ID administrator in their own organisation, and chooses a new PIN there.
ul-visit-bring = The holder brings the card and a valid physical Swedish identity document. The locked card does not count, nor do Bank-id or Freja.
ul-no-visit = { $number } cannot be unlocked at a visit. Do not let the holder come in vain.
ul-number-is = Cards with product number { $number }
ul-number-missing = Cards without a product number
ul-puk-title = The holder unlocks it with the PUK
ul-puk-ordered = The PUK comes in a PUK letter that is ordered here, about three days after it has been sent.
ul-puk-telia = The PUK stands in the code letter from Telia, which the holder used when the card was fetched. If the letter is missing: order a new one, which comes about three days after it has been sent.
ul-puk-how = The code is typed in the card software with the card in the reader. It is never typed here and never said on the telephone.
ul-ask-letter = Order a PUK letter
ul-see-letter = See the PUK letter
ul-opened-with-puk = The holder has unlocked it with the PUK
ul-lock-puk = The PUK is locked too
ul-lock-puk-means = Too many wrong PUKs lock it as well. State it only if the card software says so.
ul-puk-is-locked = The PUK is locked too
ul-puk-locked-replace = The card cannot be unlocked and must be replaced. Revoke it and order a new one.
ul-puk-locked-visit = Try a visit first: it does not need the holder's PUK. If that fails the card must be replaced.
ul-replace = Replace the card: revoke it
ul-unknown-number = The product number is unknown
ul-unknown-number-means = The card counts as an older card. Check the number on the back of the card before anything more is done.

## Unlocking at a visit
ul-unlock = Unlock the card
ul-stop = Stop unlocking
ul-visit-here = The holder is here with the card
ul-foreign = Foreign passport or identity card
ul-foreign-not-accepted = Not enough for unlocking: the document must be Swedish
ul-choose-document = Choose which Swedish identity document you have in your hand. Foreign passports and digital identity cards are not accepted, nor is the locked card.
ul-chosen = Has the new PIN been chosen?
ul-is-chosen = The holder has chosen a new PIN in the card software
ul-not-chosen = The holder has not chosen a new PIN.
ul-not-chosen-instead = Let the holder choose it in the card software, then tick the box.
ul-wrong-office = The card is unlocked at { $office }, or by an ID administrator in the holder's own organisation.
ul-wrong-office-instead = Send the holder there, or order a PUK letter.
ul-wrong-card = The number is another card's. It is not this card that is in the reader.
ul-wrong-card-instead = Read the number on the card again, or change cards.
ul-other-person = The number on the document is not the holder's.
ul-other-person-instead = Compare with the document. If it is somebody else, do not unlock the card. Nobody can do it in the holder's place.
ul-steps-left = Not all seven steps are ticked.
ul-steps-left-instead = Go through the steps that are left. If you are unsure of a step, do not unlock the card.
ul-sign-title = Check when unlocking an e-service card
ul-sign-card = I unlock card { $number } at { $office }. I have read the card number on the card.
ul-sign-chosen = The holder has chosen a new PIN in the card software.
ul-done-title = The card is unlocked
ul-done-means = The new PIN is in use now. A PUK letter that was ordered because the card was locked has been taken back, unless it had already been sent.
ul-what-happened = What has happened

## A PUK letter is ordered
ul-letter-title = Order a PUK letter for card { $number }
ul-letter-lead = The holder gets a letter with the PUK and unlocks the card. You or a colleague approves before the letter is sent.
ul-why = Why is the letter needed?
ul-choose-reason = Choose why the letter is needed.
ul-because-locked = The card is locked
ul-because-lost-codes = The code letter is gone, or the codes are forgotten
ul-because-never-came = The code letter never came
ul-caller = Who asks for the letter?
ul-caller-is-known = I have checked the holder's name, HSA-id and card number
ul-letter-comes = Comes
ul-letter-about-three-days = about three days after it was sent
ul-fee = Fee
ul-fee-none = none

## The page of a PUK letter
ul-letter-of = PUK letter for card { $number }
ul-the-letter = The letter
ul-since = Since
ul-requested-by = Requested by
ul-requested-by-holder = The holder, logged in to Mina sidor
ul-requested-and-checked-by = { $name }, who checked name, HSA-id and card number
ul-never-shown = The PUK is never shown on a screen. It is only in the letter.
ul-requested = The letter waits to be approved
ul-requested-means = The holder cannot unlock the card with the PUK until the letter is approved and sent.
ul-approved = The letter is approved but not sent
ul-approved-means = Nothing has been sent yet, and it cannot be said when it will be. Withdraw the letter, or wait until it is sent. If the product number begins with 7 the card can be unlocked at a visit.
ul-rejected = The letter was not approved
ul-rejected-means = The holder gets a mail about it. The reason is among the events on the person's page.
ul-cancelled = The letter has been taken back
ul-cancelled-means = No letter is sent. If one is needed a new one can be ordered.
ul-used = The card was unlocked with the letter
ul-used-means = Nothing more needs to be done.
ul-on-its-way = The letter is on its way
ul-on-its-way-means = It comes to the registered address, about three days after it was sent.
ul-letter-over = The letter is over
ul-letter-over-means = If the card is still locked a new letter can be ordered.
ul-approve = Approve the letter
ul-reject = Turn the letter down
ul-reject-why = Why is it turned down?
ul-reject-hint = The reason is among the events. The holder gets a mail that the letter is not sent and what can be done instead.
ul-choose-rejection = Choose why the letter is turned down.
ul-reject-unsure = It is not certain that the holder has asked for it
ul-reject-replaced = The card is to be replaced instead
ul-reject-visit = A visit opens the card sooner
ul-cancel-letter = Take the letter back

## Mina sidor
ul-ms-question = Is your card locked?
ul-ms-state = Yes, my card is locked
ul-ms-lost = I have lost my card
ul-ms-lost-means = Is the card gone or stolen, or does somebody else know the PIN? Then it is not locked. Then it is to be revoked, for good.
ul-ms-locked-link = The card is locked
ul-ms-is-locked = Your card is locked, not revoked
ul-ms-is-locked-means = The card is still valid and can be unlocked. This is how for your card.
ul-ms-signing-is-locked = Your signature code (PIN2) is locked
ul-ms-signing-is-locked-means = You can log in with the card as usual, but not sign with that code until it is unlocked. This is what you do with your very card.
codes-ms-signing-title = The signature code (PIN2) of your card from { $organisation } is locked
codes-ms-signing-text = You can log in with the card, but not sign with that code until you have unlocked it.
ul-ms-no-letter = Has the code letter not come?
ul-ms-no-letter-means = You need the codes in the letter when you collect the card. If it never came you can ask for a new one.
ul-ms-own-admin = Find the ID administrator in your organisation
ul-ms-order-text = You ask for the letter here. An ID administrator in your organisation or the servicedesk approves it. It comes to your registered address, about three days after it was sent. It costs nothing.
ul-ms-ask-letter = Ask for a PUK letter
ul-ms-letter-requested = You have asked for a PUK letter. It waits to be approved.
ul-ms-letter-approved = Your PUK letter is approved but not sent yet.
ul-ms-letter-stands = Your PUK letter: { $state }.
ul-ms-opened = I have unlocked it with the PUK
ul-ms-number = This is where the product number is

## Servicedesk
ul-sd-lock = State that the card is locked
ul-sd-lock-means = Three wrong PINs. Locked is not revoked.
ul-sd-open = Unlock the card
ul-sd-open-visit = Not on the telephone. The holder comes to { $office }, or to an ID administrator in their own organisation, with the card and a valid physical Swedish identity document. Or unlocks it with the PUK.
ul-sd-open-puk = Only with the PUK in the code letter from Telia. A visit does not help. If the letter is missing, order a new PUK letter.
ul-sd-ways = Show how the card is unlocked
ul-sd-letter = PUK letter
ul-sd-letter-means = Check name, HSA-id and card number. The letter takes about three days and comes to the registered address.
ul-sd-loss = The card is gone, stolen or somebody knows the PIN
ul-sd-loss-means = The card is to be revoked, and that cannot be undone. If it is only locked, unlock it instead.
ul-sd-loss-link = Report the card lost
