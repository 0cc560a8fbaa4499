# Everything that kortklient says, in English. The same keys as in sv.ftl.

## The codes
name-pin1 = authentication code (PIN1)
name-pin2 = signature code (PIN2)
name-puk = unlocking code (PUK)
tries-left =
    { $left ->
        [one] { $left } try left
       *[other] { $left } tries left
    }

## The card
this-card = The card: { $label }, card number ending in { $digits }, in the reader { $reader }.
choose-several = There are several cards in the readers.
choose-line = { $number }. { $label }, card number ending in { $digits }, in the reader { $reader }
choose-question = Which card? Type the number and press Enter:

## Status
status-reader = Reader: { $reader }
status-empty = { "  " }No card.
status-mute = { "  " }Something is in the reader but does not answer.
status-unknown = { "  " }A card that is no service ID card, or that this computer's card software does not know.
status-card = { "  " }Card: { $label }, card number ending in { $digits }
status-code = { "  " }{ $name }: { $state }
state-not-set = not chosen yet
state-working = works
state-left = works, { $tries }
state-locked = locked (not revoked). Unlock it with the command unlock.
state-untold = the card does not tell
usage-authentication = Authenticate (Legitimera)
usage-signature = Sign (Skriv under)
identity-work = work identity
identity-personal = personal e-identification
identity-other = e-identification
certificate-valid = { "  " }{ $name }: { $identity }, valid to { $day }
certificate-expired = { "  " }{ $name }: { $identity }, expired { $day }
certificate-early = { "  " }{ $name }: { $identity }, not valid yet (to { $day })
certificate-none = { "  " }{ $name }: not on the card

## Causes and next steps
cause = Cause: { $text }
step = Do this: { $text }
desk-code = Code for the servicedesk: { $code }
cause-k101 = This computer's smart card service is not running.
step-k101 = Restart the computer. If that does not help, ask the servicedesk to start the smart card service (on Linux pcscd).
cause-k102 = No card reader is connected.
step-k102 = Connect the card reader. If it is connected, unplug it and plug it in again, preferably in another socket.
cause-k103 = No card reader has that name.
step-k103 = Run the command status to see what the readers are called.
cause-k104 = The computer's card software (a PKCS#11 module) is missing or cannot be loaded.
step-k104 = Install the card software, for example OpenSC or Net iD, or name it with --module.
cause-k105 = The computer's card software could not do what was needed.
step-k105 = Take the card out, put it in again and try once more.
cause-k201 = There is no card in the reader.
step-k201 = Put the card in with the chip up and first.
cause-k202 = The card does not answer.
step-k202 = Take the card out, wipe the chip, turn it the right way and put it in again. If it answers in no reader it is broken.
cause-k203 = The card is no service ID card, or this computer's card software does not know it.
step-k203 = Check that you have put in the right card. If it is the right one, ask the servicedesk to update the card software.
cause-k204 = There are several cards in the readers, and none of them is chosen.
step-k204 = Take out every card but yours, or choose a reader with --reader.
cause-k205 = The wrong card is chosen. Another card in this computer works.
step-k205 = Choose the other card, or take out the one that is not yours.
cause-k206 = The card was taken out of the reader.
step-k206 = Put the card in and leave it there until the program has finished.
cause-k207 = Another card than the chosen one is in the reader. Nothing was done with it.
step-k207 = Put in the right card and begin again.
cause-k208 = The program cannot do this with this kind of card.
step-k208 = Use the card's own program, or contact the servicedesk.
cause-k209 = The card is full. What had been written is removed again.
step-k209 = Remove a certificate that you do not need, or contact the servicedesk.
cause-k301 = The authentication code has not been chosen yet.
step-k301 = The code is chosen when the card is activated at the card office.
cause-k302 = The authentication code is locked. The card is not revoked.
step-k302 = Unlock it with the PUK: the command unlock.
cause-k303 = The signature code is locked. The card is not revoked.
step-k303 = Unlock it with the PUK: the command unlock.
cause-k304 = The PUK is locked.
step-k304 = The card works as long as the PINs do. If it must be unlocked, book a visit at the card office.
cause-k305 = The PUK is locked.
step-k305 = The card works as long as the PINs do. If one of them locks, the card must be replaced.
cause-k306 = The code is wrong.
step-k306 = Check that you type the right code for the right card.
cause-k307 = The signature code has not been chosen yet.
step-k307 = The code is chosen when the card is activated at the card office.
cause-k308 = The card did not take the card office's answer.
step-k308 = Tell the card office. The card may have to be replaced.
cause-k309 = The authentication code (PIN1) has one try left.
step-k309 = Type the right code next time, and all tries are back. One more mistake locks it. If you are not sure: choose a new one with the PUK, the command unlock.
cause-k310 = The signature code (PIN2) has one try left.
step-k310 = Type the right code the next time you sign, and all tries are back. One more mistake locks it. If you are not sure: choose a new one with the PUK, the command unlock.
cause-k401 = There is no authentication certificate on the card.
step-k401 = Contact the servicedesk. The card cannot be used to log in.
cause-k402 = There is no signing certificate on the card.
step-k402 = You need it only if your system asks for it: fetch a signing certificate in Mina sidor.
cause-k403 = The authentication certificate has expired.
step-k403 = You need a new card. Contact your manager.
cause-k404 = The signing certificate has expired.
step-k404 = Fetch a signing certificate in Mina sidor. If the card has expired you need a new one.
cause-k405 = The certificate is not valid yet.
step-k405 = Check that the computer's clock is right.
cause-k501 = The certificate has no key on the card.
step-k501 = Contact the servicedesk. The certificate cannot be used.
cause-k502 = The key on the card does not belong to the certificate.
step-k502 = Contact the servicedesk. The certificate cannot be used.
cause-k503 = The program cannot test this kind of key.
step-k503 = Test the card by logging in to a system.
cause-k601 = This computer does not know which server to fetch the task from.
step-k601 = Open the link in the portal, or give the address with --server.
cause-k602 = The server's address, root certificate or settings file cannot be used.
step-k602 = Check that the address begins with https:// and that the files are there.
cause-k603 = The server does not answer.
step-k603 = Check the network and try again in a while. What was done on the card is kept.
cause-k604 = The server could not prove that it is the right one. Nothing was sent to it.
step-k604 = Do not try again from this network. Contact the servicedesk.
cause-k605 = The code is wrong, used or too old.
step-k605 = Get a new code on the page in the portal. It is valid for ten minutes.
cause-k606 = Too many codes were tried from here.
step-k606 = Wait a minute and try again.
cause-k607 = The task is done already, cancelled or too old.
step-k607 = See on the page in the portal how it went.
cause-k608 = The card is not the one that the task is for. Nothing was done with it.
step-k608 = Put in the right card. Preferably take out the others.
cause-k609 = The server did not accept the card's proof.
step-k609 = Test the card. Contact the servicedesk if it goes on.
cause-k610 = The certificate has been revoked.
step-k610 = You need a new card. Contact your manager.
cause-k611 = The certificate is not ready yet.
step-k611 = Get a new code on the page in the portal in a while. The key on the card is kept.
cause-k612 = The certificate could not be issued.
step-k612 = Contact the servicedesk.
cause-k613 = The server did not do what the program asked for.
step-k613 = Try again. Contact the servicedesk if it goes on.
cause-k614 = The task was stopped at the computer.
step-k614 = Get a new code on the page in the portal when you want to go on.
cause-k615 = The link leads to another server than this computer's, or cannot be used.
step-k615 = Open the task from the portal again. Do not open links that somebody has sent.
cause-k616 = The program does not know this kind of task.
step-k616 = Update the card client.

## Test the card
test-well = The card and its certificates look good.
prove-authentication = Do you want to try to authenticate with the card? That takes the authentication code (PIN1). Type yes or no:
prove-signature = Do you want to try to sign? That takes the signature code (PIN2). You sign only a test text. Type yes or no:
prove-left-out = The trial was left out.
prove-done = The key works. Ready to use.

## Typing codes
type-code = Type your { $name } (not shown):
type-new = Type a new { $name } (not shown):
type-again = Type the new code once more:
not-a-code = A code has { $least } to { $most } digits. Nothing was sent to the card.
new-code-rules = A new code has { $least } to { $most } digits. Avoid your date of birth, digits in a row and repetitions. An empty line stops.
weak = That code cannot be chosen: { $why } Choose another. Nothing was sent to the card.
weak-not-digits = a code has digits alone.
weak-length = a code has { $least } to { $most } digits.
weak-few-digits = it has only one or two different digits.
weak-sequence = its digits come in a row.
weak-pattern = the same digits are repeated.
weak-birth-date = it contains your date of birth.
weak-printed = it is a part of a number that stands on the card or in its certificate.
weak-old = it is the same as the old code.
weak-puk = it is the same as the PUK.
not-the-same = The two codes are not the same. Choose anew.
no-terminal = Codes can be typed only in a terminal window, where they are not shown.
writing = Writing to the card. Leave it in the reader.
wrong-code = Wrong code: { $name }.
wrong-left = You have { $tries }.
card-refuses-code = The card does not take the new code. Choose another.

## Change PIN
change-which = Which code do you want to change?
which-line = { $number }. { $name }
which-question = Type the number and press Enter:
changed = Done. The new code is valid: { $name }.
old-is-right = The code is right.
old-is-valid = The code was not changed. The old code is valid.
nothing-changed = Nothing was changed on the card.

## The last try
last-try = This is the last try: { $name }.
last-pin = If it is wrong, the code locks. It can then be unlocked with the PUK.
last-pin-visit = If it is wrong, the code locks. The PUK is locked already, so you must visit the card office.
last-pin-nothing = If it is wrong, the code locks. The PUK is locked already, so the card can then not be unlocked and must be replaced.
last-puk-visit = If it is wrong, the PUK locks. You must then visit the card office to have the card unlocked.
last-puk-nothing = If it is wrong, the PUK locks for ever. The card can then not be unlocked and must be replaced.
last-puk-untold = If it is wrong, the PUK locks. If the product number on the card begins with 7 you must then visit the card office. Otherwise the card cannot be unlocked and must be replaced.
last-try-question = Do you want to use the last try? Type yes or no:

## Unlock
locked-now = Locked: { $name }.
locked-is-not-revoked = Locked is not revoked. A locked card can be opened, a revoked one never can.
locked-open-with-puk = Unlock it with the PUK: the command unlock.
puk-locked-visit = The PUK is locked. Book a visit at the card office, and we shall try to unlock the card.
puk-locked-nothing = The PUK is locked. The card cannot be unlocked and must be replaced. Contact your manager.
puk-locked-untold = The PUK is locked. If the product number on the card begins with 7, book a visit at the card office. Otherwise the card cannot be unlocked and must be replaced.
unlock-which = Which code do you want to unlock?
unlock-this = This code is locked and gets a new one: { $name }.
unlock-not-locked = This code is not locked: { $name }.
unlock-anyway = Have you forgotten it and want to choose a new one with the PUK? Type yes or no:
unlocked = Done. The card is unlocked and the new code is valid: { $name }.

## The card was taken out
uncertain = The card was taken out while it was written. It is not certain whether the new code was kept.
put-back = Put the same card back and press Enter, and the program finds out. Type no to stop:
not-back = The same card is in no reader.
unknown-change = It is not known which code is valid, but it is either the old or the new one. Try the new one first. A wrong try counts.
unknown-unlock = It is not known whether the card is unlocked. Run the command status: if the code is no longer locked, the new code is valid.

## Tasks from the portal
task-server = The task comes from { $host }. That server has not been set on this computer.
task-server-question = Is it the right server? Type yes or no:
task-code-question = Type the code from the page in the portal and press Enter:
task-register = Task: Register the card. You authenticate (Legitimera) with it.
task-fetch = Task: Fetch a signing certificate to the card.
task-choose = Task: Choose a PIN for the card.
task-unlock = Task: Unlock the card and choose a new PIN.
task-receipt = Task: Sign (Skriv under) the receipt for the card.
task-delete = Task: Remove the signing certificate from the card.
task-test = Task: Test the card.
task-here = It is done on this device, with the card in a reader here. To do it on another device: stop, and open the task there.
task-card = The right card: { $label }, card number ending in { $digits }, in the reader { $reader }. No other card is touched.
task-other-card = Not the card: { $label }, card number ending in { $digits }, in the reader { $reader }. It is not touched.
task-wants-card = The task is for the card whose number ends in { $digits }.
task-put-in = Put the card in and press Enter. Type no to stop:
task-interrupted = The card was taken out or did not answer. What was done is kept, and the program goes on where it stopped.
task-put-back = Put the same card back and press Enter. Type no to stop:
task-kept = The task is not done. Get a new code on the page in the portal to go on; what was done is not done again.
task-no-contact = The server does not answer. The program tries again, and nothing is lost.
task-contact-question = The server still does not answer. Do you want to try again? Type yes or no:
task-office-says = The server says: { $text }
task-register-done = The card is registered. Ready to use.
task-register-before = The card is registered already. Ready to use.
task-choose-pin2 = The signature code (PIN2) has not been chosen yet. Choose it now.
task-choose-before = The authentication code (PIN1) has been chosen already.
task-choose-keep = Go on with it? If not, you choose a new one. Type yes or no:
task-choose-done = The card has shown that the code works. Ready to use.
receipt-text = This is what you sign:
receipt-end = End of the text.
receipt-question = Sign (Skriv under)? Type yes or no:
task-receipt-done = The receipt is signed.
task-making-key = A key is made on the card. Leave it in the reader.
task-waiting = The certificate is being issued. Leave the card in the reader.
task-written-work = Sign (Skriv under), work identity: the certificate is on the card and its key works.
task-written-personal = Sign (Skriv under), personal e-identification: the certificate is on the card and its key works.
task-leftover = What an interrupted attempt had left is removed from the card.
task-old-removed = An old signing certificate is removed from the card.
task-fetch-done = Everything is on the card. Ready to use.
task-delete-which = Which certificate shall be removed?
task-delete-done = The signing certificate is no longer on the card.
task-test-told = The result is shown on the page in the portal.

## The menu
menu-welcome = Kortklient. Choose with a number and Enter.
menu-status = Show the status
menu-test = Test the card
menu-change = Change PIN
menu-unlock = Unlock the card with the PUK
menu-task = Fetch a task
menu-language = Svenska
menu-end = Quit
menu-question = Your choice:
menu-not-understood = Type a number from the menu.

## The command line
help-about = What you can do yourself with your service ID card in a card reader. Without a command there is a menu.
help-usage = Usage
help-commands = Commands
help-options = Options
help-status = Show readers, card, codes and certificates
help-test = Test the card: names the cause if something is wrong
help-change = Change PIN
help-unlock = Unlock the card with the PUK
help-pin = Which code: pin1 (authentication) or pin2 (signature)
help-language = Language: sv or en
help-module = The card software's PKCS#11 module (a file)
help-reader = A part of the card reader's name
help-codes-from-stdin = For tests: read codes from standard input. They are not hidden
help-help = Show this help
wrong-usage = The command was not understood. Type kortklient --help for help.
help-fetch = Fetch a task from the portal and do it with the card
help-code = The code from the page in the portal
help-server = The server's address, https://…
help-root = Certificates by which the server proves itself (a file, PEM)
wrong-link = The link was not understood. Open the task from the portal again, or type the code: kortklient fetch CODE
