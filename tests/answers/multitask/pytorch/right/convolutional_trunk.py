"""A one-dimensional convolution over the features as trunk, scripted with TorchScript."""
# expect: full marks
# %% model
class ConvNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(1, 16, kernel_size=3, padding=1)
        self.fc = nn.Linear(16 * 11, 32)
        self.quality = nn.Linear(32, 1)
        self.good = nn.Linear(32, 1)

    def forward(self, x):
        h = torch.relu(self.conv(x.unsqueeze(1)))
        h = torch.relu(self.fc(h.flatten(1)))
        return self.quality(h), self.good(h)


model = torch.jit.script(ConvNet())
