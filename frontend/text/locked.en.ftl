# The open page "My card is locked".

locked-link = My card is locked
locked-link-text = Have you entered the wrong PIN three times? See how you unlock the card. You do not need to log in.
locked-lost-link = I have lost my card
locked-lost-link-text = Is the card gone or stolen, or does somebody else know the PIN? See how you revoke it, day and night. You need not log in to read.
locked-help = Have you entered the wrong PIN? This is how you unlock the card
locked-to-start = To the start page
locked-change = Change answer
locked-log-in = Log in
locked-offices-link = Card offices and opening hours

## The questions
locked-title = My card is locked
locked-lead = The card locks when the wrong PIN is entered three times. Locked is not revoked: the card can be used again.
locked-first = Is the card locked or lost?
locked-first-locked = I have the card and have entered the wrong PIN
locked-first-locked-text = Then it is locked. Go on with the product number below.
locked-first-lost = The card is lost or stolen, or somebody else knows the PIN
locked-first-lost-text = Then it must be revoked, for good. This is how.
locked-where = The product number is on the back
locked-where-note = Turn the card over. The digits may be in another place on your card.
locked-sis = The card has a SIS mark
locked-sis-note = SIS-marked cards have the product number on the front.
locked-question = What does the product number begin with?
locked-seven = 7
locked-seven-hint = for example 711 or 723. Cards used on a Mac always begin with 7.
locked-six = 6
locked-six-hint = for example 641
locked-five = 5
locked-five-hint = for example 512
locked-none = There is no product number
locked-other = Another digit
locked-other-hint = for example 473
locked-unsure = I do not know, or do not have the card here
locked-show = Show how to unlock it
locked-nothing-kept = You do not need to log in. We do not keep your answer.
locked-missing = Choose what the product number begins with.
locked-unreadable = A product number has three digits. Choose what it begins with.

## The back and the front of the card, drawn
card-back-text = Drawing of the back of the card. At the top a dark band, below it a field for the signature. The card number is at the bottom left, the product number at the bottom right: three digits, here { $number }.
card-back-mark = Product number: three digits
card-front-text = Drawing of the front of a SIS-marked card. To the left the chip, to the right the photo, below the chip the name. The SIS mark is at the bottom in the middle, and the product number at the bottom left: three digits, here { $number }.
card-front-mark = Product number
card-front-sis = SIS mark

## The answers
locked-of-number = This is for cards with product number { $number }.
locked-of-first = This is for cards whose product number begins with { $digit }.
locked-of-none = This is for cards without a product number.
locked-of-other = This is for cards with another first digit of the product number than 5, 6 and 7.
locked-answer-visit = Your card can be unlocked in two ways
locked-answer-puk = Your card can only be unlocked with the PUK
locked-no-visit = A visit to the card office does not help, so save yourself the journey.
locked-call-title = Call the servicedesk
locked-call-text = We do not recognise the number, so we count the card as an older card. Let the servicedesk of your employer look before you do anything more.

locked-visit-title = Visit an ID administrator
locked-visit-text = You choose a new PIN on the spot. Go to the office where your photo was taken, or where you were given the card if it has no photo. You can also go to an ID administrator in your own organisation.
locked-bring = Bring
locked-bring-card = The card that is locked
locked-bring-id = A valid physical Swedish identity document: driving licence, passport, national identity card or another Swedish identity card. The locked card does not count.
locked-bring-digital = An identity card in Bank-id or Freja is not enough
locked-offices = Offices that unlock cards
locked-order-title = Unlock it yourself with a PUK letter
locked-order-text = An ID administrator in your organisation or the servicedesk orders the letter, or ask for it yourself in Mina sidor with another electronic identification. It takes about three days and comes to your registered address.
locked-order-self = Ask for the letter in Mina sidor
locked-mac = If you use the card on a Mac, the same holds: a visit or a PUK letter.

locked-letter-title = Find the code letter from Telia
locked-letter-text = It came by post from Telia, and you used it when you collected the card. The PUK is in the letter.
locked-letter-have = I have the letter, show me how
locked-new-letter-title = No letter? Order a new code letter
locked-new-letter-text = An ID administrator in your organisation or the servicedesk orders it, also if the letter never came, or ask for it yourself in Mina sidor with another electronic identification. You collect it at the postal agent after about three days. First check that your registered address is right. Have this at hand:
locked-ready-name = Your name and HSA-id
locked-ready-number = The card number on the card

locked-guide-title = How to use the PUK
locked-guide-1 = Put the card in the reader and open the card software.
locked-guide-2 = Choose to unlock the card, or to change the PIN with the PUK.
locked-guide-3 = Enter the PUK from the letter and check it before you go on.
locked-guide-4 = Choose a new PIN. Do not write it down.
locked-guess-title = Do not guess the PUK
locked-guess-text = Entered wrongly too many times, the card stops working for good.
locked-puk-locked = Is the PUK locked too?
locked-puk-locked-puk = Then the card cannot be unlocked and must be replaced. Ask an ID administrator in your organisation to order a new card.
locked-puk-locked-visit = Book a visit to an ID administrator, where you try to unlock the card. If that fails, the card must be replaced.
locked-reserve-title = Is the locked card a reserve card?
locked-reserve-visit = A reserve card whose product number begins with 7 is unlocked at the visit. Otherwise its codes are in the envelope you were given. PUK letters are not sent for reserve cards: if there are no codes, you get a new reserve card.
locked-reserve-puk = The codes of a reserve card are in the envelope you were given. PUK letters are not sent for reserve cards: if there are no codes, you get a new reserve card.

locked-unsure-title = Find the product number first
locked-unsure-text = It decides how the card is unlocked. If you are unsure what applies, ask your manager. Your manager knows who is ID administrator at your workplace, and the ID administrator sees which card you have.
locked-unsure-back = I have found the number
locked-ask-manager = Unsure what applies at your workplace? Ask your manager.

## When it is urgent
locked-now = Do you need to get into a system now?
locked-now-open = Open now: { $office }, { $until }.
locked-now-closed = No card office is open right now. First to open is { $office }, { $when }.
locked-now-unknown = Call the card office and ask when it is open.
locked-now-puk = The PUK in the code letter
locked-now-puk-text = Unlocks the card at any time of the day. You need the card, the reader and the letter.
locked-now-visit = A visit to an ID administrator
locked-now-visit-text = Unlocks the card when the office is open, or when an ID administrator in your organisation is on duty.
locked-now-reserve = A reserve card
locked-now-reserve-text = Handed out by an ID administrator. A reserve card of assurance level 2 does not open systems that demand level 3. Ask before you go.
locked-now-eid = Another electronic identification
locked-now-eid-text = Opens Mina sidor, where you see what applies to your card. Whether other systems accept it is stated where you log in.
locked-now-routine = The fallback routine of your workplace
locked-now-routine-text = Applies when nothing else works, for example at night. Ask whoever leads the work. Never borrow somebody else's card.

## The offices
locked-open-until = Open now, until { $time }.
locked-until = until { $time }
locked-opens = Closed now. Opens { $when }.
locked-when-today = today at { $time }
locked-when-tomorrow = tomorrow at { $time }
locked-when-day = { $day } at { $time }
locked-no-offices = We cannot show the offices right now. Ask your manager where your card office is.
locked-offices-title = Card offices and opening hours

## Lost
locked-servicedesk-call = Call the servicedesk: { $phone }
locked-servicedesk-where = The number of the servicedesk is on your employer's intranet. Otherwise the switchboard connects you.
locked-lost-title = A lost card must be revoked
locked-lost-lead = The same holds if the card is stolen or somebody else knows the PIN. Revoked is not locked: a revocation cannot be lifted, and you need a new card.
locked-lost-only-locked = Is the card in front of you and you have only entered the wrong PIN? Then it is locked and must not be revoked.
locked-lost-revoke = Revoke the card now
locked-lost-revoke-text = Log in to Mina sidor with another electronic identification and choose I have lost my card. If you cannot log in: call an ID administrator in your organisation, the office where you collected the card, or the servicedesk of your employer.
locked-lost-log-in = Log in to Mina sidor
locked-lost-telia = Call Telia too
locked-lost-telia-text = If the card has no product number, or one that begins with anything else than 7, you must revoke at Telia too. Call { $phone }.
locked-lost-police = Report to the police
locked-lost-police-text = If a SIS-marked card is lost or stolen, you must report it to the police. If another card is stolen, a report is wise.
locked-lost-then = Afterwards
locked-lost-then-text = Ask an ID administrator in your organisation to order a new card. Meanwhile you can work with a reserve card.
