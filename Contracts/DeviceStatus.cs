namespace EnergyChain.Contracts;

/// <summary>Whether the registry takes a device's records.</summary>
public enum DeviceStatus : byte
{
    Unknown = 0,
    Active = 1,
    Revoked = 2,
}
