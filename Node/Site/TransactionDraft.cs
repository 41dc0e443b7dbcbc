using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Site;

/// <summary>A contract call or payment that is to be signed with the sender's next nonce.</summary>
/// <param name="Purpose">What it is for, as log lines say it.</param>
/// <param name="Sender">Signs.</param>
/// <param name="FeePayer">Pays the gas in the sender's place; null for the sender.</param>
/// <param name="To">Who is called or paid.</param>
/// <param name="Value">Base units that move.</param>
/// <param name="Data">Call data.</param>
/// <param name="GasLimit">Gas that it may use.</param>
public sealed record TransactionDraft(
    string Purpose,
    SigningKey Sender,
    SigningKey? FeePayer,
    Address To,
    UInt256 Value,
    ReadOnlyMemory<byte> Data,
    Gas GasLimit);
