"""What the editor shows of each page: its fields in the order hosts need them, and its forms.
Put on the pages when the process starts."""
