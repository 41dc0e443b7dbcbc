using EnergyChain.Client.Model;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Wallet.Cli;

/// <summary>A transaction that the node took.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Sender">Who signed it.</param>
/// <param name="MaxFee">What its gas can cost at most, in base units.</param>
/// <param name="Receipt">What it did; null where it is not final or nobody waited.</param>
internal sealed record SentTransaction(Hash32 Id, Address Sender, UInt256 MaxFee, ReceiptInfo? Receipt);
