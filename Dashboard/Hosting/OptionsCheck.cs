using System.Net;

namespace EnergyChain.Dashboard.Hosting;

/// <summary>Finds the mistakes in options before anything is opened.</summary>
public static class OptionsCheck
{
    /// <summary>Throws <see cref="OperatorException"/> for the first mistake.</summary>
    public static void Run(DashboardOptions options)
    {
        RequireUri("--node", options.Node);
        RequireUri("--listen", options.Listen);
        if (options.PublicUrl is { } url)
        {
            RequireUri("--public-url", url);
        }

        bool isAddress = options.Listen.Host == "localhost"
            || IPAddress.TryParse(options.Listen.Host.Trim('[', ']'), out _);
        if (!isAddress)
        {
            throw OperatorException.ForOption(
                "--listen", options.Listen, "an IP address of this machine with a port, or localhost");
        }

        if (options.IsHttps)
        {
            RequireFile("--certificate", options.CertificateFile);
            RequireFile("--certificate-key", options.CertificateKeyFile);
        }
        else if (options.CertificateFile is not null || options.CertificateKeyFile is not null)
        {
            throw OperatorException.ForOption("--listen", options.Listen, "https://... together with --certificate");
        }

        if (options.Key is not null)
        {
            RequireFile("--key-password-file", options.KeyPasswordFile);
        }
    }

    private static void RequireUri(string option, Uri value)
    {
        bool isWeb = value.IsAbsoluteUri
            && (value.Scheme == Uri.UriSchemeHttp || value.Scheme == Uri.UriSchemeHttps)
            && value.AbsolutePath == "/"
            && value.Query.Length == 0;
        if (!isWeb)
        {
            throw OperatorException.ForOption(option, value, "http://host:port or https://host:port");
        }
    }

    private static void RequireFile(string option, string? path)
    {
        if (path is null || !File.Exists(path))
        {
            throw OperatorException.ForOption(option, path, "the path of a file that is there");
        }
    }
}
