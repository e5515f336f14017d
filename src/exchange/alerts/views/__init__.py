"""The pages of what people follow and how they want mail, a file for each matter.
Called through `alerts.urls`."""
