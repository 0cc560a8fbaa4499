## What the directory says of somebody's work
directory = In the directory
directory-lead = This is what the HSA directory says. Systems in health care read it there, not on the card.
directory-no-unit = Directly under the organisation
directory-hsa-id = HSA-id
directory-position = Position
directory-position-code = Position code
directory-licence = Licensed profession
directory-speciality = Speciality
directory-prescriber-code = Prescriber code
directory-group-prescriber-code = Group prescriber code
directory-employed = Employment
directory-always = Until further notice
directory-from = From { $first }
directory-until = Until { $last }
directory-between = { $first } to { $last }
directory-assignments = Assignments
directory-no-assignments = No assignments.
directory-purpose = Purpose
directory-no-purpose = No purpose
directory-rights = Rights
directory-valid = Valid
directory-is-over = Ended on { $day }.
directory-is-ahead = Begins on { $day }.
directory-waits = Waiting. The directory has not tied the HSA-id to the assignment yet.
directory-others-wait = { $count ->
    [one] One more in the assignment is waiting: the HSA-id is not in the directory yet.
   *[other] { $count } more in the assignment are waiting: their HSA-ids are not in the directory yet.
  }
directory-lacks = { $what } is missing
directory-lacks-means = Webcert reads it for doctors and dentists.
directory-no-care = No assignment for care and treatment (Vård och behandling) is valid today
directory-no-care-means = Without such an assignment Webcert does not let the holder in, whatever the card is like.
directory-care-elsewhere = No assignment for care and treatment (Vård och behandling) on { $unit }
directory-care-elsewhere-means = Those that are valid are on other units. Webcert opens only for them.
directory-unit-lacks-mail = { $unit } has no e-mail address
directory-unit-lacks-code = { $unit } has no workplace code
directory-unit-lacks-means = Webcert needs it for certificates from the unit.
directory-mended-by = The directory administrator at { $organisation } corrects this in the directory. The card office cannot, and the card need not be replaced.
ms-directory-link = Your details in the directory
ms-directory-title = Your details in the directory
ms-directory-lead = This is how you stand in the HSA directory. Systems in health care read it when you log in with the card.
ms-directory-none = You are not in the directory
ms-directory-none-means = No employer that we know of has you in its directory today. Ask your manager.
ms-directory-lacks-means = Webcert needs it when you write certificates.
ms-directory-no-care-means = Without such an assignment Webcert does not let you in.
ms-directory-care-elsewhere-means = Your assignments are on other units. Webcert opens only for them.
ms-directory-mended-by = Ask the directory administrator at { $organisation } to correct it, or ask your manager who that is. There is nothing wrong with the card, and the card office cannot change the directory.
