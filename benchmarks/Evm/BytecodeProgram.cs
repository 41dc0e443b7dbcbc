using EnergyChain.Core.Primitives;

namespace EnergyChain.Benchmarks.Evm;

/// <summary>A call that every EVM answers alike.</summary>
/// <param name="Address">Where the code lies: nonce 1, balance 0, empty storage.</param>
/// <param name="Code">Its runtime code.</param>
/// <param name="CallData">What it is called with.</param>
/// <param name="Returns">What it returns.</param>
/// <param name="Gas">What it uses, without the intrinsic gas.</param>
/// <param name="IsEthereum">Whether an Ethereum client knows all that the code calls.</param>
internal sealed record BytecodeProgram(
    Address Address, byte[] Code, byte[] CallData, byte[] Returns, ulong Gas, bool IsEthereum = true);
