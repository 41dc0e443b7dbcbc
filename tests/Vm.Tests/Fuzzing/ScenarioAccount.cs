using EnergyChain.Core.Primitives;

namespace EnergyChain.Vm.Tests.Fuzzing;

/// <summary>A contract, of nonce 1, as a scenario begins.</summary>
internal sealed record ScenarioAccount(
    Address Address, ulong Balance, byte[] Code, IReadOnlyList<(ulong Key, ulong Value)> Storage);
