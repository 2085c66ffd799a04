/** The HTML around every mail. `npm run docs:write` builds it from layout.mjml. */
export const layout = `<!doctype html>
<html lang="{{= it.language }}" dir="{{= it.direction }}" xmlns="http://www.w3.org/1999/xhtml" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">

<head>
  <title>{{= it.subject }}</title>
  <!--[if !mso]><!-->
  <meta http-equiv="X-UA-Compatible" content="IE=edge">
  <!--<![endif]-->
  <meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <style type="text/css">
    #outlook a {
      padding: 0;
    }

    body {
      margin: 0;
      padding: 0;
      -webkit-text-size-adjust: 100%;
      -ms-text-size-adjust: 100%;
    }

    table,
    td {
      border-collapse: collapse;
      mso-table-lspace: 0pt;
      mso-table-rspace: 0pt;
    }

    img {
      border: 0;
      height: auto;
      line-height: 100%;
      outline: none;
      text-decoration: none;
      -ms-interpolation-mode: bicubic;
    }

    p {
      display: block;
      margin: 13px 0;
    }
  </style>
  <!--[if mso]>
    <noscript>
    <xml>
    <o:OfficeDocumentSettings>
      <o:AllowPNG/>
      <o:PixelsPerInch>96</o:PixelsPerInch>
    </o:OfficeDocumentSettings>
    </xml>
    </noscript>
    <![endif]-->
  <!--[if lte mso 11]>
    <style type="text/css">
      .mj-outlook-group-fix { width:100% !important; }
    </style>
    <![endif]-->
  <style type="text/css">
    @media only screen and (min-width:480px) {
      .mj-column-per-100 {
        width: 100% !important;
        max-width: 100%;
      }
    }
  </style>
  <style media="screen and (min-width:480px)">
    .moz-text-html .mj-column-per-100 {
      width: 100% !important;
      max-width: 100%;
    }
  </style>
  <style type="text/css">
    :root {
      color-scheme: light dark;
      supported-color-schemes: light dark;
    }

    .card,
    .card div,
    .card td,
    .card a {
      overflow-wrap: anywhere;
      word-break: break-word;
    }

    .fact {
      margin: 0;
    }

    .label {
      color: #575d69;
    }

    .code {
      font-size: 20px;
      letter-spacing: 2px;
    }

    @media (prefers-color-scheme: dark) {

      body,
      .page {
        background-color: #101216 !important;
      }

      .card,
      .card>table,
      .card td {
        background-color: #1b1d22 !important;
      }

      .card div {
        color: #eceef2 !important;
      }

      .card .label,
      .card .address div {
        color: #a9b0bd !important;
      }

      .card .rule p {
        border-top-color: #454b57 !important;
      }

      .card .button td,
      .card .button a {
        background-color: #8ab4f8 !important;
        color: #101216 !important;
      }
    }
  </style>
  <meta name="color-scheme" content="light dark" />
</head>

<body class="page" style="word-spacing:normal;background-color:#f2f4f7;">
  <div aria-label="{{= it.subject }}" aria-roledescription="email" role="article" lang="{{= it.language }}" dir="{{= it.direction }}" style="word-spacing:normal;background-color:#f2f4f7;">
    <!--[if mso | IE]><table align="center" border="0" cellpadding="0" cellspacing="0" class="card-outlook" role="presentation" style="width:560px;" width="560" bgcolor="#ffffff" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]-->
    <div class="card" style="background:#ffffff;background-color:#ffffff;margin:0px auto;max-width:560px;">
      <table align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="background:#ffffff;background-color:#ffffff;width:100%;">
        <tbody>
          <tr>
            <td style="direction:{{= it.direction }};font-size:0px;padding:24px 8px 8px;text-align:center;">
              <!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td align="{{= it.start }}" class="" style="vertical-align:top;width:544px;" ><![endif]-->
              <div class="mj-column-per-100 mj-outlook-group-fix" style="font-size:0px;text-align:left;direction:{{= it.direction }};display:inline-block;vertical-align:top;width:100%;">
                <table border="0" cellpadding="0" cellspacing="0" role="presentation" width="100%">
                  <tbody>
                    <tr>
                      <td style="vertical-align:top;padding:0;">
                        <table border="0" cellpadding="0" cellspacing="0" role="presentation" style="" width="100%">
                          <tbody>
                            <tr>
                              <td align="{{= it.start }}" style="font-size:0px;padding:0 16px 16px;word-break:break-word;">
                                <div style="font-family:system-ui, -apple-system, 'Segoe UI', Arial, sans-serif;font-size:16px;font-weight:600;line-height:24px;text-align:{{= it.start }};color:#1b1d22;"><bdi>{{= it.organisation }}</bdi></div>
                              </td>
                            </tr>
                            <tr>
                              <td align="{{= it.start }}" style="font-size:0px;padding:0 16px 20px;word-break:break-word;">
                                <div style="font-family:system-ui, -apple-system, 'Segoe UI', Arial, sans-serif;font-size:22px;font-weight:700;line-height:28px;text-align:{{= it.start }};color:#1b1d22;">
                                  <h1 style="margin: 0; font-size: 22px; line-height: 28px">{{= it.heading }}</h1>
                                </div>
                              </td>
                            </tr>
                            {{ for (const block of it.blocks) { }}{{ if (block.kind === 'link') { }}
                            <tr>
                              <td align="{{= it.start }}" class="button" style="font-size:0px;padding:0 16px 16px;word-break:break-word;">
                                <table border="0" cellpadding="0" cellspacing="0" role="presentation" style="border-collapse:separate;line-height:100%;">
                                  <tbody>
                                    <tr>
                                      <td align="center" bgcolor="#1d4f91" role="presentation" style="border:none;border-radius:6px;cursor:auto;mso-padding-alt:12px 24px;background:#1d4f91;" valign="middle">
                                        <a href="{{= it.link }}" style="display:inline-block;background:#1d4f91;color:#ffffff;font-family:system-ui, -apple-system, 'Segoe UI', Arial, sans-serif;font-size:16px;font-weight:600;line-height:24px;margin:0;text-decoration:none;text-transform:none;padding:12px 24px;mso-padding-alt:0px;border-radius:6px;" target="_blank">
                                          {{= it.button }}
                                        </a>
                                      </td>
                                    </tr>
                                  </tbody>
                                </table>
                              </td>
                            </tr>
                            <tr>
                              <td align="{{= it.start }}" class="address" style="font-size:0px;padding:0 16px 16px;word-break:break-word;">
                                <div style="font-family:system-ui, -apple-system, 'Segoe UI', Arial, sans-serif;font-size:14px;line-height:20px;text-align:{{= it.start }};color:#575d69;">{{= it.copyLink }}<br /><span dir="ltr">{{= it.link }}</span></div>
                              </td>
                            </tr>
                            {{ } else { }}
                            <tr>
                              <td align="{{= it.start }}" style="font-size:0px;padding:0 16px 16px;word-break:break-word;">
                                <div style="font-family:system-ui, -apple-system, 'Segoe UI', Arial, sans-serif;font-size:16px;line-height:24px;text-align:{{= it.start }};color:#1b1d22;">{{ for (const line of block.lines) { }}
                                  <div>
                                    {{ for (const part of line) { if (part.isCode) {
            }}<strong class="code" dir="ltr">{{= part.text }}</strong>{{ } else { }}{{= part.text }}{{ } } }}
                                  </div>
                                  {{ } }}
                                </div>
                              </td>
                            </tr>
                            {{ } } }}
                            <tr>
                              <td align="{{= it.start }}" class="rule" style="font-size:0px;padding:4px 16px 16px;word-break:break-word;">
                                <p style="border-top:solid 1px #d4d8df;font-size:1px;margin:0px auto;width:100%;">
                                </p>
                                <!--[if mso | IE]><table align="{{= it.start }}" border="0" cellpadding="0" cellspacing="0" style="border-top:solid 1px #d4d8df;font-size:1px;margin:0px auto;width:512px;" role="presentation" width="512px" ><tr><td style="height:0;line-height:0;"> &nbsp;
</td></tr></table><![endif]-->
                              </td>
                            </tr>
                            <tr>
                              <td align="{{= it.start }}" style="font-size:0px;padding:0 16px 16px;word-break:break-word;">
                                <div style="font-family:system-ui, -apple-system, 'Segoe UI', Arial, sans-serif;font-size:16px;line-height:24px;text-align:{{= it.start }};color:#1b1d22;">{{ for (const fact of it.facts) { }}
                                  <p class="fact">
                                    <span class="label">{{= fact.label }}:</span> <bdi>{{= fact.value }}</bdi>
                                  </p>
                                  {{ } }}
                                </div>
                              </td>
                            </tr>
                            {{ for (const sentence of it.closing) { }}
                            <tr>
                              <td align="{{= it.start }}" style="font-size:0px;padding:0 16px 16px;word-break:break-word;">
                                <div style="font-family:system-ui, -apple-system, 'Segoe UI', Arial, sans-serif;font-size:16px;line-height:24px;text-align:{{= it.start }};color:#1b1d22;">{{= sentence }}</div>
                              </td>
                            </tr>
                            {{ } }}
                          </tbody>
                        </table>
                      </td>
                    </tr>
                  </tbody>
                </table>
              </div>
              <!--[if mso | IE]></td></tr></table><![endif]-->
            </td>
          </tr>
        </tbody>
      </table>
    </div>
    <!--[if mso | IE]></td></tr></table><![endif]-->
  </div>
</body>

</html>
`
