using System.Globalization;

namespace EnergyChain.Core.Primitives;

/// <summary>
/// Names a chain; part of everything signed, so that nothing signed for one chain verifies on another.
/// </summary>
public readonly record struct ChainId(ulong Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
