namespace Monolith.Kernel.Modules;

/// <summary>A setting that can be judged only when every module is registered. Register it as a singleton.</summary>
public interface IStartCheck
{
    /// <summary>Throws a <see cref="Settings.SettingException"/>, which stops the start with its one line before a database is started.</summary>
    void Check();
}
