"""The local playground: a chat workspace in the browser, where Askwell can be tried without any platform."""
