"""The client register: an extract read, judged and counted; nothing of a person ever leaves this room."""
