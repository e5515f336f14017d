"""What hosts and funders are told in numbers: people, answers, the library, webinars, mail, languages.
A matter of the desk; counted by month in UTC, without keeping who."""
