"""The pages of this matter, each as a few tables with charts.
Called through `tabs.every`."""
