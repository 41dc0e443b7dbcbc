using EnergyChain.Core.Crypto;
using EnergyChain.Node.Hosting;

namespace EnergyChain.Node.Site;

/// <summary>A site and its keys. Disposes of the keys.</summary>
/// <param name="Options">The site's options.</param>
/// <param name="Account">Pays gas, places orders, receives money.</param>
/// <param name="Device">Signs meter records.</param>
public sealed record SiteIdentity(SiteOptions Options, SigningKey Account, SigningKey Device) : IDisposable
{
    public uint Id => Options.Id;

    public void Dispose()
    {
        Account.Dispose();
        Device.Dispose();
    }
}
