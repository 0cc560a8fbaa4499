# The demonstration's own pages.

demo-title = The demonstration
demo-lead = Log in as one of the persons, see what is sent, and move the clock to see what happens then.
demo-personas = Persons to be
demo-log-in = Log in to { $portal }
demo-mails = Mails
demo-mails-lead = These are the mails that would have been sent.
demo-no-mails = No mail has been sent yet.
demo-all-mails = All mails
demo-mail-to = To
demo-mail-at = Sent
demo-letters = Letters in the post
demo-letters-lead = Cards that the manufacturer has sent. The address is hidden.
demo-no-letters = No letter has been sent yet.
demo-all-letters = All letters
demo-letter-way = Sent by
demo-letter-address = Address
demo-letter-fate = What happens
demo-letter-lost = It is lost on the way, and nobody is told
demo-clock = The clock
demo-clock-now = The time of the demonstration is { $now }.
demo-clock-note = The clock goes forward only. Whoever is logged in is logged out when it is moved.
demo-clock-days = { $days ->
    [1] One day forward
   *[other] { $days } days forward
  }
demo-factory = The manufacturer
demo-factory-runs = The manufacturer is working.
demo-factory-paused = The manufacturer stands still.
demo-factory-fails = { $count ->
    [1] The next card cannot be made.
   *[other] The next { $count } cards cannot be made.
  }
demo-factory-loses = { $count ->
    [1] The next letter is lost in the post.
   *[other] The next { $count } letters are lost in the post.
  }
demo-factory-hurry = Hurry the manufacturer
demo-factory-pause = Stop the manufacturer
demo-factory-resume = Start the manufacturer
demo-factory-fail = Let the next card fail
demo-factory-lose = Let the next letter be lost
demo-components = All parts that the pages are made of
demo-back = To the demonstration
