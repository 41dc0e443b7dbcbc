using System.Numerics;

namespace EnergyChain.Node.Pool;

/// <summary>What the pool asks of the state for one transaction, read in one go.</summary>
/// <param name="SenderNonce">The sender's next nonce.</param>
/// <param name="SenderBalance">Base units.</param>
/// <param name="PayerBalance">Base units of the account that pays the gas.</param>
internal readonly record struct AccountView(ulong SenderNonce, BigInteger SenderBalance, BigInteger PayerBalance);
