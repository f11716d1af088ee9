"""Shared experts with a gate for each task (MMoE): both outputs come through the same experts."""
# expect: full marks
# %% model
class MMoE(nn.Module):
    def __init__(self, n_in, n_experts=4, breedte=24):
        super().__init__()
        self.experts = nn.ModuleList(
            [nn.Sequential(nn.Linear(n_in, breedte), nn.ReLU(), nn.Linear(breedte, breedte), nn.ReLU()) for _ in range(n_experts)]
        )
        self.gates = nn.ModuleList([nn.Linear(n_in, n_experts) for _ in range(2)])
        self.towers = nn.ModuleList([nn.Linear(breedte, 1) for _ in range(2)])

    def forward(self, x):
        experts = torch.stack([expert(x) for expert in self.experts], dim=1)   # (n, experts, breedte)
        outputs = []
        for gate, tower in zip(self.gates, self.towers):
            gewicht = torch.softmax(gate(x), dim=1).unsqueeze(-1)
            outputs.append(tower((gewicht * experts).sum(dim=1)))
        return tuple(outputs)


model = MMoE(11)
