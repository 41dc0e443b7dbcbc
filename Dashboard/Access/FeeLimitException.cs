using EnergyChain.Core.Numerics;
using EnergyChain.Dashboard.Text;

namespace EnergyChain.Dashboard.Access;

/// <summary>What was confirmed would cost more gas by now than was shown; nothing was sent.</summary>
/// <param name="fee">What its gas would cost; base units.</param>
/// <param name="maxFee">What was confirmed as the most; base units.</param>
public sealed class FeeLimitException(UInt256 fee, UInt256 maxFee)
    : Exception($"{MoneyText.Amount(fee.ToBigInteger())} > {MoneyText.Amount(maxFee.ToBigInteger())}");
