"""The face that bots see: Bot API methods over HTTP, as strict as Telegram's."""
