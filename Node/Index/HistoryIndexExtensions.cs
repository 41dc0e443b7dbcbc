namespace EnergyChain.Node.Index;

/// <summary>Puts the history index into a node's host; without it the API has no history.</summary>
public static class HistoryIndexExtensions
{
    /// <param name="services">The host's services.</param>
    /// <param name="path">The LiteDB file; its folder must exist.</param>
    public static IServiceCollection AddHistoryIndex(this IServiceCollection services, string path)
    {
        services.AddSingleton(Microsoft.Extensions.Options.Options.Create(new HistoryIndexOptions { Path = path }));
        services.AddSingleton<HistoryIndex>();
        services.AddHostedService(static provider => provider.GetRequiredService<HistoryIndex>());
        return services;
    }
}
