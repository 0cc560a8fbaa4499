# The directory: files that are taken in, what they did, and what they leave to people.

nav-directory = Directory
dir-title = The directory
dir-lead = Organisations, units, persons and assignments come from the directory as files. Here you see the latest imports and what waits for a decision, and can take in a file yourself.

## Upload
dir-upload = Take in a file
dir-upload-lead = The file must be LDIF in UTF-8. First you see what the import would do; nothing changes before you have.
dir-file = File
dir-file-hint = At most { $most } MiB.
dir-content = What the file holds
dir-content-full = All of its organisations: whoever is not in the file is ended
dir-content-delta = Only changes: nobody is ended for not being in the file
dir-look = Show what the file would do
dir-file-missing = Choose a file.
dir-file-too-large = The file is too large. At most { $most } MiB are taken; larger files are taken in on the server with kortkontor import directory.
dir-file-charset = The file is not UTF-8: line { $line } holds something else. Save it again as UTF-8. Nothing has been taken in.
dir-file-version = Line { $line }: only LDIF version 1 can be read. Nothing has been taken in.
dir-file-nul = Line { $line } holds a NUL character, which no text may have. Nothing has been taken in.
dir-file-line-ends = The lines end with a carriage return (CR) alone. Save the file again with LF or CR LF as line ends. Nothing has been taken in.
dir-file-no-entries = The file holds no entries: no line begins with dn:. Is it the right file? Nothing has been taken in.
dir-file-unusable = More than 100,000 entries of the file cannot be used or have no place. Is it the right file? Nothing has been taken in.
dir-file-unreadable = The file could not be read. Try again. Nothing has been taken in.

## Preview
dir-preview-title = What { $file } would do
dir-preview-lead = Nothing has changed yet. The file lies here encrypted for one hour and is then thrown away.
dir-preview-delta = The file is read as changes: nobody is ended for not being in it.
dir-preview-full = The file is read as whole for the organisations it holds: whoever is not in it is ended. Other organisations are not touched.
dir-run = Take in the file
dir-not-now = Do not take it in
dir-done-already = The file has been taken in
dir-done-text = It was taken in, and nothing more needs to be done.
dir-to-import = Show the import

## Report
dir-accepted = Accepted entries of the file
dir-organisations = Organisations
dir-units = Units
dir-persons = Persons
dir-hsa-ids = HSA-ids
dir-assignments = Assignments
dir-changed = Changes
dir-ended = Persons ended
dir-ending = Persons who are ended
dir-came-in = Entries that had waited and came in now
dir-proposed = Entries with a number that two persons need to decide about
dir-flaws = Missing in the directory
dir-flaws-in-file = Missing in the accepted entries
dir-flaws-lead = Not an error, but should be completed in the directory.
dir-without-number = Organisations without organisation number
dir-without-mail = Units without e-mail address
dir-without-code = Units without workplace code
dir-same-number = Organisations with the organisation number of another one
dir-waiting-all = Entries that wait for their unit or organisation
dir-unknown = Attributes that are not used
dir-unknown-list = { $count } different ones: { $names }
dir-rejected = Entries that cannot be used
dir-rejected-count = { $count ->
    [one] One entry that cannot be used
   *[other] { $count } entries that cannot be used
  }
dir-rejected-first = The first { $shown } of { $count } entries that cannot be used
dir-rejected-none = Every entry could be used
dir-rejected-none-means = No entry of the file was rejected.
dir-line = Line
dir-dn = Entry
dir-attribute = Attribute
dir-reason = Why
dir-waiting = Entries that wait
dir-waiting-count = { $count ->
    [one] One entry that waits for its unit or organisation
   *[other] { $count } entries that wait for their unit or organisation
  }
dir-waiting-first = The first { $shown } of { $count } entries that wait
dir-waiting-means = What the entry stands below is not known. Take the file in again once it is.
dir-leaving = Persons who are not in the file
dir-leaving-means = They are employed in an organisation that the file holds, but are not in the file. They are ended, but never removed.
dir-leaving-held = They are employed in an organisation that the file holds, but are not in the file. None of them is ended now: the safety stop holds them until a second person has released it.
dir-leaving-some-held = They are employed in an organisation that the file holds, but are not in the file. They are ended, except in the organisations with a safety stop: nobody is ended there until a second person has released it.
dir-leaving-first = The first
dir-leaving-hidden = and { $count } with protected data
dir-stop-would = Safety stop: { $organisation }
dir-stop-would-text = { $count } of { $live } persons are missing in the file. None of them is ended until a second person has looked and released it. The rest is taken in.
dir-stop-too-many = More are missing in the file than expected.
dir-stop-unreadable-entry = An entry of the file could not be read far enough to tell whom it is about. It may be about any of those who are missing.
dir-stop-end-lost = The file seems to be cut off: it ends in the middle of a line, or in an entry that is not whole. Those who are missing may have stood in the rest.
dir-hsa-id = HSA-id

## Stops
dir-stops = Safety stops
dir-stop-of = { $organisation }: { $count ->
    [one] one person
   *[other] { $count } persons
  }
dir-stop-text = None of those who are missing in the file has been ended. Nobody is until a responsible or deputy issuer has looked and released it.
dir-stop-of-live = { $count } of { $live } persons employed in the organisation are missing in the file.
dir-stop-stopped = Stopped { $when }
dir-stop-released = Released { $when } by { $who }. The employments have been ended.
dir-stop-replaced = The stop no longer holds
dir-stop-replaced-at = A newer file was taken in { $when }. This stop ended nobody.
dir-stop-own = You took in the file. Somebody else needs to look and release.
dir-release = Look and release
dir-release-title = End { $count ->
    [one] one person
   *[other] { $count } persons
  } in { $organisation }?
dir-release-means = The employments get { $day } as their last day. The persons are not removed, and when a new file has them they begin again.
dir-release-cards = No card is revoked now. What happens to the cards follows from the end of the employment.
dir-release-reason = Why is it right?
dir-release-reason-hint = For example: The summer staff left on 31 August.
dir-release-reason-missing = Write why it is right that they are ended.
dir-release-yes = End them
dir-release-no = Go back without ending anybody

## Questions about numbers
dir-questions = Numbers to decide about
dir-questions-means = The directory has sent a number that does not fit the person it seems to be about. Two issuers decide together.
dir-question-number-replaced = Coordination number and personnummer, same name and birth date
dir-question-joined = A new HSA-id: coordination number and personnummer, same name and birth date
dir-question-number-differs = A known HSA-id with another number
dir-question-title = Is it the same person?
dir-question-known = Known here
dir-question-entry = In the directory
dir-question-hsa = HSA-id in the directory
dir-question-organisation = Organisation
dir-question-since = Last in a file
dir-question-first = { $who } has said yes. A second issuer needs to say yes.
dir-question-own = You have said yes. A second issuer needs to say yes.
dir-question-taken = The number in the directory is another person's here
dir-question-taken-text = Two persons who both are here cannot be joined on this page. Say no, and let the directory be corrected.
dir-question-yes-means = Yes: the person keeps cards, orders and history. The old number still finds the person. Two issuers are needed.
dir-question-no-means = No: the question is not asked again, and the person keeps the number. An entry with a new HSA-id becomes a person of its own.
dir-question-yes = Yes, the same person
dir-question-no = No
dir-question-decide = Look and decide
dir-question-send = Save the answer
dir-question-unanswered = Choose yes or no.
dir-somebody = an issuer

## Imports
dir-imports = The latest imports
dir-imports-none = No file has been taken in
dir-imports-none-means = A file that has been taken in stands here.
dir-when = When
dir-by = Who
dir-on-server = On the server
dir-kind = Kind
dir-kind-delta = Changes
dir-kind-full = Whole
dir-rejected-short = Rejected
dir-waiting-short = Waiting
dir-import-title = The import of { $file }
dir-import-lead = { $when } · { $who } · { $kind }
dir-back = To the directory

## Why an entry cannot be used
dir-why-change-record = The entry is a change (changetype). Send the whole entry instead.
dir-why-malformed-line = A line is not an attribute with a value.
dir-why-missing-dn = The entry does not begin with dn.
dir-why-malformed-dn = The entry's dn cannot be read.
dir-why-malformed-base64 = The value is not valid base64.
dir-why-not-text = The value is not text in UTF-8.
dir-why-value-by-reference = The value refers to another file.
dir-why-entry-too-large = The entry is too large.
dir-why-unknown-object-class = The entry has no object class that is used here.
dir-why-missing-attribute = A mandatory attribute is missing or empty.
dir-why-several-values = The attribute has several different values.
dir-why-malformed-hsa-id = The HSA-id is not written correctly.
dir-why-malformed-organisation-number = The organisation number is wrong.
dir-why-malformed-person-number = The number is neither a personnummer nor a coordination, reserve or passport number.
dir-why-no-such-date = The date in the number does not exist.
dir-why-wrong-check-digit = The check digit of the number is wrong.
dir-why-born-in-future = The birth date in the number has not been yet.
dir-why-malformed-name = The name holds characters that no name has.
dir-why-name-too-long = The name is longer than 100 characters.
dir-why-malformed-date = The time is neither generalized time nor a date.
dir-why-malformed-flag = The value is neither TRUE nor FALSE.
dir-why-malformed-member = A member is not written as HSA-id;start;end.
dir-why-duplicate-hsa-id = The HSA-id stands earlier in the same file.
dir-why-number-differs = The HSA-id belongs to somebody with another number.
dir-why-cycle = The unit stands below itself.
dir-why-ends-before-start = The last day of the employment comes before the first.
dir-why-duplicate-dn = The same dn stands earlier in the file.
dir-why-belongs-elsewhere = The HSA-id belongs to another organisation, which has not given it up.
dir-why-not-yours = The organisation is not one of yours.

## Who changes, and what was answered
dir-content-missing = Choose what the file holds.
dir-people-changed = Persons who are new or change
dir-changing-who = Persons who are new or change
dir-changing = What changes for them
dir-changing-first = The first { $shown } of { $count }
dir-what-changes = What changes
dir-changes-new = New person
dir-changes-name = New name, before { $before }
dir-changes-name-only = New name
dir-changes-other = Other data than the name
dir-asked-means = The file held numbers that do not fit the person they seem to be about. Two issuers decide together.
dir-asked-waits = waits for an answer
dir-asked-yes = answered with yes
dir-asked-no = answered with no
dir-answered-yes = Answered: yes, by { $first } and { $second } { $when }.
dir-answered-no = Answered: no, by { $who } { $when }.
dir-why-shared-person = The person belongs to another issuer too. Such an entry is taken in on the server.

## Cards with an old name or number
outdated-name = A card may have the old name
outdated-number = A card may have the old number
outdated-both = A card may have the old name and number
outdated-text = Sent to the manufacturer before the directory changed it: { $cards }. Look at the card before it is activated or used. If it is wrong: order a new card.
outdated-card = card { $number }
outdated-order = order { $number }
