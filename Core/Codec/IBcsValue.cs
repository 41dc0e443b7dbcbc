namespace EnergyChain.Core.Codec;

/// <summary>
/// A type with one canonical encoding: <c>decode(encode(x)) == x</c> and <c>encode(decode(b)) == b</c>.
/// </summary>
public interface IBcsValue<TSelf>
    where TSelf : IBcsValue<TSelf>
{
    void Encode(BcsWriter writer);

    /// <summary>Reads a value; on bad input the reader fails and what comes back must not be used.</summary>
    static abstract TSelf Decode(ref BcsReader reader);
}
