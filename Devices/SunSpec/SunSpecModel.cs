namespace EnergyChain.Devices.SunSpec;

/// <summary>A model found on a device.</summary>
/// <param name="Id">Model id.</param>
/// <param name="Address">Register address of the id register, from which all offsets count.</param>
/// <param name="Length">Registers after the id and length registers.</param>
public readonly record struct SunSpecModel(ushort Id, ushort Address, ushort Length)
{
    /// <summary>Registers of the model with its id and length.</summary>
    public int TotalRegisters => Length + 2;
}
