using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Wallet.Cli.Tracing;

/// <summary>What a trace is of; without id, payer and fee for a call that nobody sent.</summary>
internal sealed record TraceSubject(Hash32? TransactionId, Address? From, Address? FeePayer, UInt256? Fee);
