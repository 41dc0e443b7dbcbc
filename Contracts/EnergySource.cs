namespace EnergyChain.Contracts;

/// <summary>What a device's production comes from; the low byte of a certificate's id.</summary>
public enum EnergySource : byte
{
    /// <summary>Nothing renewable: no reward and no certificate.</summary>
    None = 0,
    Solar = 1,
    Wind = 2,
    Hydro = 3,
}
