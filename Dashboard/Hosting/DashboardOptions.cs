using System.Net;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Dashboard.Hosting;

/// <summary>What the dashboard is started with. Parameters of the chain come from its node.</summary>
public sealed class DashboardOptions
{
    /// <summary>The API of the node, http or https.</summary>
    public Uri Node { get; init; } = new("http://127.0.0.1:30309");

    /// <summary>Where browsers find it, http or https with a port.</summary>
    public Uri Listen { get; init; } = new("http://127.0.0.1:30400");

    /// <summary>
    /// Where browsers find it when a proxy on this machine stands before <see cref="Listen"/>; null: there is none, and
    /// what a proxy has forwarded is refused.
    /// </summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>PEM files of the certificate and its key; required for https.</summary>
    public string? CertificateFile { get; init; }

    /// <inheritdoc cref="CertificateFile"/>
    public string? CertificateKeyFile { get; init; }

    /// <summary>Null believes whatever chain the node is of first, and stays with it.</summary>
    public ulong? ChainId { get; init; }

    /// <inheritdoc cref="ChainId"/>
    public Hash32? GenesisHash { get; init; }

    /// <summary>Holds users.json and the keys of cookies; made where it is absent.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The keystore and the key in it that signs for the operator; null: nothing can be sent.</summary>
    public string? Keystore { get; init; }

    /// <inheritdoc cref="Keystore"/>
    public string? Key { get; init; }

    /// <summary>A file whose first line opens the key.</summary>
    public string? KeyPasswordFile { get; init; }

    /// <summary>Null: open where only this machine reaches it, else members.</summary>
    public ReadAccess? Read { get; init; }

    /// <summary>The zone that times are shown in.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Local;

    /// <summary>The rule in force: the chain states none, so what a stranger could reach is closed.</summary>
    public ReadAccess EffectiveRead =>
        Read ?? (IsLoopback && PublicUrl is null ? ReadAccess.Open : ReadAccess.Members);

    /// <summary>Whether this process speaks https itself.</summary>
    public bool IsHttps => Listen.Scheme == Uri.UriSchemeHttps;

    /// <summary>Whether browsers speak https, to this process or to the proxy before it.</summary>
    public bool IsHttpsForBrowsers => (PublicUrl ?? Listen).Scheme == Uri.UriSchemeHttps;

    /// <summary>Whether only this machine reaches <see cref="Listen"/>; a proxy on it may let others through.</summary>
    public bool IsLoopback => Listen.Host == "localhost"
        || (IPAddress.TryParse(Listen.Host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}
