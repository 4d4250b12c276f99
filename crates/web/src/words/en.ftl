# The public shell in English. Grade 6 to 7, "you".
skip = Skip to content
site = Site
language = Language
footer-advice = General health information, not personal medical advice.
footer-911 = In an emergency call 911.
footer-988 = If you think about hurting yourself, call or text 988 (Spanish: press 2 or text AYUDA).
footer-no-tracking = No tracking, no cookies for visitors.
reviewed-by = Reviewed by { $who } on { $date }
checked = Checked { $date }
people = { $count ->
    [one] { $count } person
   *[other] { $count } people
  }
days = { $count ->
    [one] { $count } day
   *[other] { $count } days
  }
not-found-title = This page is not here
not-found = The address may be old or mistyped. Nothing is wrong with your phone or computer.
to-home = To the first page
broken-title = Something went wrong on our side
broken = Please try again in a minute. If it is about your health and cannot wait, call us.
