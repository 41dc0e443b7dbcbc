namespace EnergyChain.Wallet.Cli.Tracing;

/// <summary>Gas of a function of a contract, over all its calls in a trace, without the calls in them.</summary>
internal sealed record GasRow(string Contract, string Function, int Calls, ulong Gas);
