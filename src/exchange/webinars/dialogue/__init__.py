"""What is said in the hour: questions, votes, chat, polls, hands.
Its actions are called by the pages, mails and clocks of this room."""
